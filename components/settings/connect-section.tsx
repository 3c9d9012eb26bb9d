import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { ConnectPanel } from './connect-panel.tsx';
import type { Owner } from './team-sections.tsx';

/** How a script of this team reaches the server. */
export function ConnectSection({ owner: { name, kind, role } }: { owner: Owner }) {
  const mayWrite = roleMay(role, 'events:write');
  const keys = kind === 'team' ? pagePaths.teamSettings(name, 'api-keys') : pagePaths.settings();
  return (
    <>
      <SettingsHeader
        title="Connect"
        description={`Two lines lead the unmodified wandb client here${mayWrite ? `; runs go to ${name}` : ''}. Scripts that use it need no other change.`}
      />
      <div className="max-w-form pt-4">
        {!mayWrite && (
          <Callout tone="warning" className="mb-3">
            You may look on in {name}, not send events or log runs: with a key of yours that is refused. An admin of {name} can give you the
            member role.
          </Callout>
        )}
        <ConnectPanel entity={name} />
        <p className="pt-3 text-small text-fg-2">
          Put in a key of yours, or for CI one of a service account: <TextLink href={keys}>API keys</TextLink>
        </p>
      </div>
    </>
  );
}

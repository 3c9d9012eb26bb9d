import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ConnectPanel } from './connect-panel.tsx';
import type { Owner } from './team-sections.tsx';

/** How a script of this team reaches the server. */
export function ConnectSection({ owner: { name, kind } }: { owner: Owner }) {
  const keys = kind === 'team' ? pagePaths.teamSettings(name, 'api-keys') : pagePaths.settings();
  return (
    <>
      <SettingsHeader
        title="Connect"
        description={`Two lines lead the unmodified wandb client here; runs go to ${name}. Scripts that use it need no other change.`}
      />
      <div className="max-w-form pt-4">
        <ConnectPanel entity={name} />
        <p className="pt-3 text-small text-fg-2">
          Put in a key of yours, or for CI one of a service account: <TextLink href={keys}>API keys</TextLink>
        </p>
      </div>
    </>
  );
}

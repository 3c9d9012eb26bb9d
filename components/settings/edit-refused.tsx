import { Callout } from '#components/ui/callout.tsx';
import { PERMISSION_WORDS } from '#lib/domain/permissions.ts';
import { WhoCanHelp } from './section-refused.tsx';

/** Why the form that an address asks for does not open. */
export function EditRefused({ team }: { team: string }) {
  return (
    <Callout tone="warning" live className="mb-3">
      You may not {PERMISSION_WORDS['integrations:write']}. <WhoCanHelp group={{ kind: 'team', name: team }} />
    </Callout>
  );
}

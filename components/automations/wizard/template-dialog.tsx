'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import { USE_CASES } from '#lib/domain/use-cases.ts';
import type { WizardValues } from './form-values.ts';
import { startingValues } from './starting-values.ts';
import { useWizardForm } from './wizard-form.ts';

/** What teams come for, as first values; the place already chosen stays where it makes sense. */
export function TemplateDialog({ onClose }: { onClose: () => void }) {
  const form = useWizardForm();
  const choose = (id: string) => {
    form.reset(keepingPlace(startingValues(id), form.getValues()), { keepDefaultValues: true });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title="Start from a template"
      description="It fills in event, action and name; everything can be changed."
    >
      <ul className="grid gap-2 sm:grid-cols-2">
        {USE_CASES.map(({ id, title, sentence }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => choose(id)}
              className="grid h-full w-full content-start gap-0.5 rounded-control border border-line px-3 py-2.5 text-left text-small hover:border-line-strong hover:bg-hover"
            >
              <span className="font-medium">{title}</span>
              <span className="text-meta text-fg-2">{sentence}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function keepingPlace(values: WizardValues, { scope, team, action }: WizardValues): WizardValues {
  const { scopes, family } = eventTypeOf(values.on);
  const fits =
    scope.kind === 'matching' ? family !== 'run' && family !== 'schedule' : (scopes as readonly ScopeKind[]).includes(scope.kind);
  return {
    ...values,
    scope: fits ? scope : values.scope,
    team,
    action: { ...values.action, webhook: action.webhook, slack: action.slack },
  };
}

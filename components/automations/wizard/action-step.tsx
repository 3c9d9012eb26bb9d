'use client';

import { CircleSlash2, MessageSquare, User, Users, Webhook } from 'lucide-react';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { roleMay } from '#lib/domain/permissions.ts';
import type { WizardValues } from './form-values.ts';
import { IntegrationField } from './integration-field.tsx';
import { PayloadField } from './payload-field.tsx';
import { SlackFields } from './slack-fields.tsx';
import type { RequestPreview } from './use-request-preview.ts';
import { useMe, useProblem, useValues, useWizardForm } from './wizard-form.ts';

/** What is done, with whose integration, and what it says. */
export function ActionStep({ preview, isNew }: { preview: RequestPreview; isNew: boolean }) {
  const form = useWizardForm();
  const { action } = useValues();
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Action type">
          <Select<WizardValues['action']['kind']>
            value={action.kind}
            onChange={(kind) => form.setValue('action.kind', kind, { shouldDirty: true, shouldValidate: true })}
            options={[
              { value: 'webhook', label: 'Webhook', icon: <Webhook /> },
              { value: 'slack', label: 'Slack notification', icon: <MessageSquare /> },
              { value: 'nothing', label: 'Do nothing', icon: <CircleSlash2 /> },
            ]}
          />
        </Field>
        {action.kind !== 'nothing' && <TeamField />}
      </div>
      {action.kind === 'webhook' && (
        <>
          <IntegrationField kind="webhook" offerOnly={isNew} />
          <PayloadField preview={preview} />
        </>
      )}
      {action.kind === 'slack' && (
        <>
          <IntegrationField kind="slack" offerOnly={isNew} />
          <SlackFields preview={preview} />
        </>
      )}
      {action.kind === 'nothing' && (
        <Callout>
          Nothing is sent. Each firing is kept in the history with its event and the decision, so that you can watch a rule before it acts.
        </Callout>
      )}
    </div>
  );
}

function TeamField() {
  const form = useWizardForm();
  const me = useMe();
  const { team } = useValues();
  const error = useProblem('team');
  const mine = me.entities.filter(({ kind, role }) => kind !== 'organization' && roleMay(role, 'integrations:use'));
  // An automation may use an integration of a team that the visitor is not in; it stays, until another is chosen.
  const names = mine.map(({ name }) => name);
  const options = team === '' || names.includes(team) ? names : [team, ...names];
  return (
    <Field label="Team" error={error}>
      <Select
        value={team}
        placeholder="Choose a team"
        onChange={(next) => {
          form.setValue('team', next, { shouldDirty: true, shouldValidate: error !== undefined });
          form.setValue('action.webhook', '', { shouldDirty: true });
          form.setValue('action.slack', '', { shouldDirty: true });
        }}
        options={options.map((name) => ({
          value: name,
          label: name,
          icon: mine.find((entity) => entity.name === name)?.kind === 'user' ? <User /> : <Users />,
        }))}
      />
    </Field>
  );
}

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { createSlackChannel, integrationQueries, updateSlackChannel } from '#lib/client/integrations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { SlackChannelView } from '#lib/contracts/integrations.ts';
import { NewSecret } from './new-secret.tsx';
import { NoticesToField } from './notices-to-field.tsx';
import { SecretSelect } from './secret-select.tsx';
import { SlackFormValues, toSlackBody, toSlackForm, toSlackPatch } from './slack-form-values.ts';
import { SlackPreview } from './slack-preview.tsx';

interface SlackFormProps {
  team: string;
  /** Absent for a new one. */
  channel?: SlackChannelView;
  onClose: () => void;
  onSaved: (saved: SlackChannelView) => void;
}

export function SlackForm({ team, channel, onClose, onSaved }: SlackFormProps) {
  const client = useQueryClient();
  const secrets = useQuery(integrationQueries.secrets(team)).data?.items.map(({ name }) => name) ?? [];
  const [newSecret, setNewSecret] = useState(false);
  const form = useForm<SlackFormValues>({ resolver: zodResolver(SlackFormValues), defaultValues: toSlackForm(channel) });
  const { errors } = form.formState;
  const create = useFormMutation(form, createSlackChannel(client, team));
  const update = useFormMutation(form, updateSlackChannel(client, team));
  const { refusal } = channel ? update : create;
  const save = form.handleSubmit((values) => {
    const done = { onSuccess: onSaved };
    if (channel) update.mutate({ id: channel.id, ...toSlackPatch(values) }, done);
    else create.mutate(toSlackBody(values), done);
  });
  const kind = form.watch('kind');
  return (
    <>
      <Dialog open size="lg" onOpenChange={(open) => !open && onClose()} title={channel ? `Edit ${channel.name}` : 'Add Slack channel'}>
        <DialogForm
          onSubmit={save}
          refusal={refusal}
          submit={channel ? 'Save channel' : 'Add channel'}
          pending={create.isPending || update.isPending}
        >
          <Controller
            control={form.control}
            name="kind"
            render={({ field }) => (
              <Field group label="How it posts">
                <Segmented
                  aria-label="How it posts"
                  value={field.value}
                  onChange={field.onChange}
                  options={[
                    { value: 'incoming_webhook', label: 'Incoming webhook' },
                    { value: 'bot', label: 'Bot token' },
                  ]}
                />
              </Field>
            )}
          />
          <Field label="Name" hint="As automations show it." error={errors.name?.message}>
            <Input autoComplete="off" spellCheck={false} placeholder="ml-alerts" {...form.register('name')} />
          </Field>
          {kind === 'incoming_webhook' ? (
            <Field
              label="Incoming webhook URL"
              hint={
                form.getValues('hasUrl')
                  ? 'Kept encrypted and never shown again. Leave it empty to keep the saved one.'
                  : 'It is a secret value: kept encrypted and never shown again.'
              }
              error={errors.webhookUrl?.message}
            >
              <SecretInput
                noun="URL"
                autoComplete="off"
                placeholder="https://hooks.slack.com/services/…"
                {...form.register('webhookUrl')}
              />
            </Field>
          ) : (
            <div className="grid gap-4 sm:grid-cols-2">
              <Controller
                control={form.control}
                name="botTokenSecret"
                render={({ field, fieldState }) => (
                  <SecretSelect
                    label="Bot token"
                    required
                    hint="A secret that holds the token (xoxb-…); the bot needs chat:write."
                    noneText="Choose a secret"
                    names={secrets}
                    value={field.value}
                    onChange={field.onChange}
                    error={fieldState.error?.message}
                    onNew={() => setNewSecret(true)}
                  />
                )}
              />
              <Field label="Channel" hint="Its id, or #name. Invite the bot to it." error={errors.channel?.message}>
                <Input autoComplete="off" spellCheck={false} placeholder="#ml-alerts" {...form.register('channel')} />
              </Field>
            </div>
          )}
          <Controller
            control={form.control}
            name="receivesRunAlerts"
            render={({ field }) => (
              <Checkbox
                checked={field.value}
                onChange={field.onChange}
                label="Receives run alerts"
                description={`What scripts raise with run.alert() in projects of ${team} is posted here too.`}
              />
            )}
          />
          <Field
            label="Message text"
            note="optional"
            hint={`For automations without a text of their own. May use variables such as \${run_name}; empty: one line about the event.`}
            error={errors.template?.message}
          >
            <Textarea rows={2} spellCheck={false} {...form.register('template')} />
          </Field>
          <NoticesToField team={team} control={form.control} name="noticesTo" ownId={channel?.id} noun="channel" />
          <SlackPreview template={form.watch('template')} />
        </DialogForm>
      </Dialog>
      {newSecret && (
        <NewSecret team={team} onClose={() => setNewSecret(false)} onCreated={(name) => form.setValue('botTokenSecret', name)} />
      )}
    </>
  );
}

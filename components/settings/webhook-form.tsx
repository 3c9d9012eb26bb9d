'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { createWebhook, integrationQueries, updateWebhook } from '#lib/client/integrations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';
import { LazyTestPanel } from './lazy-test-panel.tsx';
import { NewSecret } from './new-secret.tsx';
import { SecretSelect } from './secret-select.tsx';
import { NONE, toWebhookBody, toWebhookForm, WebhookForm } from './webhook-form-values.ts';
import { WebhookLimits } from './webhook-limits.tsx';
import { WebhookPayloadSecrets } from './webhook-payload-secrets.tsx';

interface WebhookFormDialogProps {
  team: string;
  /** Absent for a new one. */
  webhook?: WebhookView;
  onClose: () => void;
  onSaved: (saved: WebhookView) => void;
}

type SecretField = 'accessTokenSecret' | 'signingSecret' | 'payloadSecrets';

/** New webhook and Edit webhook: the same form, with a test of what stands in it, saved or not. */
export function WebhookFormDialog({ team, webhook, onClose, onSaved }: WebhookFormDialogProps) {
  const client = useQueryClient();
  const secrets = useQuery(integrationQueries.secrets(team)).data?.items.map(({ name }) => name) ?? [];
  const [newSecretFor, setNewSecretFor] = useState<SecretField | null>(null);
  const [testing, setTesting] = useState(false);
  const form = useForm<WebhookForm>({ resolver: zodResolver(WebhookForm), defaultValues: toWebhookForm(webhook) });
  const { errors } = form.formState;
  const create = useFormMutation(form, createWebhook(client, team));
  const update = useFormMutation(form, updateWebhook(client, team));
  const { refusal } = webhook ? update : create;
  const save = form.handleSubmit((values) => {
    const body = toWebhookBody(values);
    const done = { onSuccess: onSaved };
    if (webhook) update.mutate({ id: webhook.id, ...body }, done);
    else create.mutate(body, done);
  });
  const test = async () => {
    if (await form.trigger(undefined, { shouldFocus: true })) setTesting(true);
  };
  const choose = (name: string) => {
    if (newSecretFor === 'payloadSecrets') form.setValue('payloadSecrets', [...form.getValues('payloadSecrets'), name]);
    else if (newSecretFor) form.setValue(newSecretFor, name);
  };
  const signed = form.watch('signingSecret') !== NONE;

  return (
    <>
      <Dialog
        open
        size="lg"
        onOpenChange={(open) => !open && onClose()}
        title={webhook ? `Edit ${webhook.name}` : 'New webhook'}
        description={webhook ? undefined : `Automations of ${team} can call it. Redirects are not followed; answers count by their status.`}
      >
        <DialogForm
          onSubmit={save}
          refusal={refusal}
          submit={webhook ? 'Save webhook' : 'Create webhook'}
          pending={create.isPending || update.isPending}
          start={
            <Button className="sm:mr-auto" onClick={test}>
              <Send />
              Test
            </Button>
          }
        >
          <Field label="Name" error={errors.name?.message}>
            <Input autoComplete="off" spellCheck={false} placeholder="deploy-hook" {...form.register('name')} />
          </Field>
          <Field
            label="URL"
            error={errors.url?.message}
            hint="A host name that resolves to public addresses. Shown in full to admins only."
          >
            <Input mono type="url" autoComplete="off" spellCheck={false} placeholder="https://" {...form.register('url')} />
          </Field>
          {(errors.confirmHost || form.watch('confirmHost') !== '') && (
            <Field label="Confirm host name" error={errors.confirmHost?.message}>
              <Input mono autoComplete="off" spellCheck={false} {...form.register('confirmHost')} />
            </Field>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <Controller
              control={form.control}
              name="accessTokenSecret"
              render={({ field, fieldState }) => (
                <SecretSelect
                  label="Access token"
                  hint="Sent as Authorization: Bearer …"
                  noneText="No access token"
                  names={secrets}
                  value={field.value}
                  onChange={field.onChange}
                  error={fieldState.error?.message}
                  onNew={() => setNewSecretFor('accessTokenSecret')}
                />
              )}
            />
            <Controller
              control={form.control}
              name="signingSecret"
              render={({ field, fieldState }) => (
                <SecretSelect
                  label="Secret"
                  hint="Signs the body, so that the receiver knows it is ours."
                  noneText="Not signed"
                  names={secrets}
                  value={field.value}
                  onChange={field.onChange}
                  error={fieldState.error?.message}
                  onNew={() => setNewSecretFor('signingSecret')}
                />
              )}
            />
          </div>
          {signed && (
            <Controller
              control={form.control}
              name="signatureEncoding"
              render={({ field, fieldState }) => (
                <Field
                  group
                  label="Encoding of X-Wandb-Signature"
                  hint="As your receiver expects it. webhook-signature is sent besides, always base64."
                  error={fieldState.error?.message}
                >
                  <Segmented
                    aria-label="Encoding of X-Wandb-Signature"
                    value={field.value}
                    onChange={field.onChange}
                    options={[
                      { value: 'base64', label: 'base64' },
                      { value: 'hex', label: 'hex' },
                    ]}
                  />
                </Field>
              )}
            />
          )}
          <Controller
            control={form.control}
            name="asymmetricSignature"
            render={({ field }) => (
              <Checkbox
                checked={field.value}
                onChange={field.onChange}
                label="Also sign with an Ed25519 key (Standard Webhooks v1a)"
                description={
                  webhook?.asymmetricSignature
                    ? 'Receivers verify with the public key on the webhook’s page. Unticked, the key is gone for good.'
                    : 'Hookline makes the key and keeps its private part; receivers get a public key that can verify and not sign.'
                }
              />
            )}
          />
          <WebhookPayloadSecrets control={form.control} names={secrets} onNew={() => setNewSecretFor('payloadSecrets')} />
          <WebhookLimits team={team} form={form} ownId={webhook?.id} />
        </DialogForm>
      </Dialog>
      {newSecretFor && <NewSecret team={team} onClose={() => setNewSecretFor(null)} onCreated={choose} />}
      {testing && (
        <LazyTestPanel
          team={team}
          subject={{ kind: 'draft', id: webhook?.id, body: toWebhookBody(form.getValues()) }}
          onConfirmHost={(host) => form.setValue('confirmHost', host)}
          onClose={() => setTesting(false)}
        />
      )}
    </>
  );
}

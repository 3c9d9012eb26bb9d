'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { createApiKey } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { ApiKeyBody } from '#lib/contracts/session.ts';
import { EntityName } from '#lib/domain/names.ts';
import { ConnectPanel } from './connect-panel.tsx';
import { ROLE_OPTIONS } from './role-words.ts';
import { ShownOnce } from './shown-once.tsx';

const PersonalForm = z.object({ name: ApiKeyBody.shape.name });
const ServiceForm = PersonalForm.extend({
  serviceAccount: z.object({ name: EntityName, role: z.enum(['admin', 'member', 'viewer']) }),
});
type Values = z.input<typeof ServiceForm>;

interface NewApiKeyProps {
  /** Where the example logs its run. */
  entity: string;
  /** Given: a key of one of this team's service accounts. */
  team?: string;
  onClose: () => void;
}

/** Makes a key and shows it, this once, with the lines that use it. */
export function NewApiKey({ entity, team, onClose }: NewApiKeyProps) {
  const form = useForm<Values>({
    resolver: zodResolver(team ? ServiceForm : PersonalForm) as never,
    defaultValues: { name: '', serviceAccount: { name: '', role: 'member' } },
  });
  const create = useFormMutation(form, createApiKey(useQueryClient()));
  const { errors } = form.formState;
  const made = create.data;
  const submit = form.handleSubmit(({ name, serviceAccount }) =>
    create.mutate({ name, ...(team && { serviceAccount: { team, ...serviceAccount } }) }),
  );
  return (
    <Dialog
      open
      size={made ? 'lg' : 'md'}
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'Your new API key' : team ? 'New service account key' : 'New API key'}
    >
      {made ? (
        <div className="grid gap-4">
          <ShownOnce label="API key" value={made.key} hint={`Belongs to ${made.owner}. It is shown this once: only its hash is kept.`} />
          <ConnectPanel apiKey={made.key} entity={entity} />
          <DialogFooter inset>
            <DialogClose>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogFooter>
        </div>
      ) : (
        <DialogForm onSubmit={submit} refusal={create.refusal} submit="Create API key" pending={create.isPending}>
          {team && (
            <>
              <Field
                label="Service account"
                hint="A name of its own; an account of that name in this team gets another key."
                error={errors.serviceAccount?.name?.message}
              >
                <Input
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  placeholder="ci"
                  {...form.register('serviceAccount.name')}
                />
              </Field>
              <Controller
                control={form.control}
                name="serviceAccount.role"
                render={({ field }) => (
                  <Field label={`Role in ${team}`} hint="For a new account.">
                    <Select value={field.value} onChange={field.onChange} options={ROLE_OPTIONS} />
                  </Field>
                )}
              />
            </>
          )}
          <Field label="Name" note="optional" hint="What it is for, such as “laptop” or “nightly training”." error={errors.name?.message}>
            <Input autoComplete="off" {...form.register('name')} />
          </Field>
        </DialogForm>
      )}
    </Dialog>
  );
}

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { toast } from '#components/ui/toast.ts';
import { createSecret } from '#lib/client/integrations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { SecretBody } from '#lib/contracts/integrations.ts';
import { SecretName } from '#lib/domain/names.ts';
import { SecretValueField } from './secret-value-field.tsx';

const NewSecretForm = z.object({ name: SecretName, value: SecretBody.shape.value });

interface NewSecretProps {
  team: string;
  onClose: () => void;
  onCreated?: (name: string) => void;
}

/** Keeps a secret. Stands outside any other form: its own submit must not reach theirs. */
export function NewSecret({ team, onClose, onCreated }: NewSecretProps) {
  const form = useForm({ resolver: zodResolver(NewSecretForm), defaultValues: { name: '', value: '' } });
  const create = useFormMutation(form, createSecret(useQueryClient(), team));
  const { errors } = form.formState;
  const name = form.watch('name');
  const submit = form.handleSubmit((values) =>
    create.mutate(values, {
      onSuccess: (secret) => {
        toast.success(`Secret ${secret.name} added`);
        onCreated?.(secret.name);
        onClose();
      },
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="New secret">
      <DialogForm onSubmit={submit} refusal={create.refusal} submit="Add secret" pending={create.isPending}>
        <Field
          label="Secret name"
          error={errors.name?.message}
          hint={
            <>
              Letters, digits and _. In payloads it is <code className="wrap-anywhere">{`\${${name || 'NAME'}}`}</code>, for the webhooks
              you grant it to.
            </>
          }
        >
          <Input mono autoComplete="off" autoCapitalize="off" spellCheck={false} {...form.register('name')} />
        </Field>
        <SecretValueField label="Secret" value={form.watch('value')} error={errors.value?.message} {...form.register('value')} />
        <Callout icon={<EyeOff />}>
          This is the only time the value is on a screen. After saving it can be used, replaced or deleted, but never read, also not by
          admins.
        </Callout>
      </DialogForm>
    </Dialog>
  );
}

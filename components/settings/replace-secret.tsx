'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { toast } from '#components/ui/toast.ts';
import { replaceSecret } from '#lib/client/integrations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { SecretPut, type SecretView } from '#lib/contracts/integrations.ts';
import { SecretValueField } from './secret-value-field.tsx';

const HOUR = 3600;
const OVERLAPS = [
  { value: '0', label: 'None: the new value counts at once' },
  { value: String(HOUR), label: '1 hour' },
  { value: String(24 * HOUR), label: '1 day' },
  { value: String(3 * 24 * HOUR), label: '3 days' },
  { value: String(7 * 24 * HOUR), label: '7 days' },
  { value: String(30 * 24 * HOUR), label: '30 days' },
];

const ReplaceForm = z.object({ value: SecretPut.shape.value, overlapSeconds: z.string() });

/** A new value under the same name; receivers may be given time to learn it. */
export function ReplaceSecret({ team, secret, onClose }: { team: string; secret: SecretView; onClose: () => void }) {
  const form = useForm({ resolver: zodResolver(ReplaceForm), defaultValues: { value: '', overlapSeconds: '0' } });
  const replace = useFormMutation(form, replaceSecret(useQueryClient(), team));
  const { errors } = form.formState;
  const overlaps = form.watch('overlapSeconds') !== '0';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          Replace the value of <span className="font-mono">{secret.name}</span>
        </>
      }
    >
      <DialogForm
        onSubmit={form.handleSubmit(({ value, overlapSeconds }) =>
          replace.mutate(
            { name: secret.name, value, overlapSeconds: Number(overlapSeconds) },
            {
              onSuccess: () => {
                toast.success(`${secret.name} has a new value`);
                onClose();
              },
            },
          ),
        )}
        refusal={replace.refusal}
        submit="Replace value"
        pending={replace.isPending}
      >
        <SecretValueField label="New value" value={form.watch('value')} error={errors.value?.message} {...form.register('value')} />
        <Controller
          control={form.control}
          name="overlapSeconds"
          render={({ field }) => (
            <Field
              label="Overlap"
              hint={
                overlaps
                  ? 'Meanwhile webhook-signature lists both values and X-Wandb-Signature is made with the old one, until the time is over or an admin presses Switch now. Access tokens change at once.'
                  : 'For signing secrets: time in which receivers may still check with the old value.'
              }
            >
              <Select value={field.value} onChange={field.onChange} options={OVERLAPS} />
            </Field>
          )}
        />
      </DialogForm>
    </Dialog>
  );
}

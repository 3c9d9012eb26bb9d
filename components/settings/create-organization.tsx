'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { createOrganization } from '#lib/client/organizations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { OrganizationBody } from '#lib/contracts/organizations.ts';
import { EntityName } from '#lib/domain/names.ts';

const NewOrganization = z.object({ name: OrganizationBody.shape.name, entity: EntityName.or(z.literal('')) });

export function CreateOrganization({ onClose }: { onClose: () => void }) {
  const form = useForm<z.input<typeof NewOrganization>>({
    resolver: zodResolver(NewOrganization),
    defaultValues: { name: '', entity: '' },
  });
  const create = useFormMutation(form, createOrganization(useQueryClient()));
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create organization">
      <DialogForm
        onSubmit={form.handleSubmit(({ name, entity }) => create.mutate({ name, ...(entity && { entity }) }, { onSuccess: onClose }))}
        refusal={create.refusal}
        submit="Create organization"
        pending={create.isPending}
      >
        <Field label="Display name" error={errors.name?.message}>
          <Input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label="Name in addresses" note="optional" hint="Made from the display name when empty." error={errors.entity?.message}>
          <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('entity')} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

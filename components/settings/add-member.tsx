'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { addMember, type Group } from '#lib/client/organizations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { MemberBody } from '#lib/contracts/organizations.ts';
import { ROLE_OPTIONS } from './role-words.ts';

/** Puts somebody in who already has an account here. */
export function AddMember({ group, onClose }: { group: Group; onClose: () => void }) {
  const form = useForm<z.input<typeof MemberBody>, unknown, z.output<typeof MemberBody>>({
    resolver: zodResolver(MemberBody),
    defaultValues: { username: '', role: 'member' },
  });
  const add = useFormMutation(form, addMember(useQueryClient(), group));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Add a user to ${group.name}`}
      description="For somebody who already has an account here. Others need an invite."
    >
      <DialogForm
        onSubmit={form.handleSubmit((values) => add.mutate(values, { onSuccess: onClose }))}
        refusal={add.refusal}
        submit="Add user"
        pending={add.isPending}
      >
        <Field label="User name" error={form.formState.errors.username?.message}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('username')} />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Field label="Role" group>
              <RadioGroup value={field.value ?? 'member'} onChange={field.onChange} options={ROLE_OPTIONS} />
            </Field>
          )}
        />
      </DialogForm>
    </Dialog>
  );
}

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { toast } from '#components/ui/toast.ts';
import { createUser } from '#lib/client/organizations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { Email, Password } from '#lib/contracts/session.ts';
import { EntityName } from '#lib/domain/names.ts';

const NewUser = z.object({
  username: EntityName,
  email: Email.or(z.literal('')),
  password: Password.or(z.literal('')),
  admin: z.boolean(),
});

export function CreateUser({ onClose }: { onClose: () => void }) {
  const form = useForm<z.input<typeof NewUser>>({
    resolver: zodResolver(NewUser),
    defaultValues: { username: '', email: '', password: '', admin: false },
  });
  const create = useFormMutation(form, createUser(useQueryClient()));
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ username, email, password, admin }) =>
    create.mutate(
      { username, admin, ...(email && { email }), ...(password && { password }) },
      {
        onSuccess: () => {
          toast.success(`${username} has an account. Add the user to a team next`);
          onClose();
        },
      },
    ),
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create user">
      <DialogForm onSubmit={submit} refusal={create.refusal} submit="Create user" pending={create.isPending}>
        <Field label="User name" error={errors.username?.message}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('username')} />
        </Field>
        <Field label="E-mail" note="optional" error={errors.email?.message}>
          <Input type="email" autoComplete="off" {...form.register('email')} />
        </Field>
        <Field
          label="Password"
          note="optional"
          hint="At least 12 characters. Without one, make a reset link for the user afterwards."
          error={errors.password?.message}
        >
          <SecretInput noun="password" mono={false} autoComplete="new-password" {...form.register('password')} />
        </Field>
        <Controller
          control={form.control}
          name="admin"
          render={({ field }) => (
            <Checkbox
              checked={field.value}
              onChange={field.onChange}
              label="Instance admin"
              description="Manages all users and organizations; reads projects only as their member."
            />
          )}
        />
      </DialogForm>
    </Dialog>
  );
}

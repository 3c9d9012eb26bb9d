'use client';

import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { toast } from '#components/ui/toast.ts';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { changePassword } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { PasswordBody } from '#lib/contracts/session.ts';

export function PasswordForm() {
  const form = useForm<z.input<typeof PasswordBody>>({
    resolver: schemaResolver(() => import('#lib/contracts/session.ts').then((module) => module.PasswordBody)),
    defaultValues: { current: '', password: '' },
  });
  const { errors } = form.formState;
  const change = useFormMutation(form, {
    ...changePassword(),
    onSuccess: () => {
      form.reset();
      toast.success('Your password is changed');
    },
  });
  return (
    <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
      {change.refusal && <Callout tone="danger">{change.refusal}</Callout>}
      <Field label="Current password" error={errors.current?.message}>
        <SecretInput noun="password" mono={false} autoComplete="current-password" {...form.register('current')} />
      </Field>
      <Field label="New password" hint="At least 12 characters." error={errors.password?.message}>
        <SecretInput noun="password" mono={false} autoComplete="new-password" {...form.register('password')} />
      </Field>
      <div>
        <Button type="submit" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}

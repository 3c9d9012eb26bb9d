'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { toast } from '#components/ui/toast.ts';
import { applyIssues } from '#lib/client/apply-issues.ts';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { changePassword } from '#lib/client/session.ts';
import type { PasswordBody } from '#lib/contracts/session.ts';

export function PasswordForm() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<z.input<typeof PasswordBody>>({
    resolver: schemaResolver(() => import('#lib/contracts/session.ts').then((module) => module.PasswordBody)),
    defaultValues: { current: '', password: '' },
  });
  const { errors } = form.formState;
  const change = useMutation({
    ...changePassword(),
    onMutate: () => setRefusal(null),
    onError: (error) => setRefusal(applyIssues(form, error)),
    onSuccess: () => {
      form.reset();
      toast.success('Your password is changed');
    },
  });
  return (
    <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
      {refusal && <Callout tone="danger">{refusal}</Callout>}
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

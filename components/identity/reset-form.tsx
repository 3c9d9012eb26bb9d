'use client';

import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { resetPassword, sessionQueries } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { ResetBody } from '#lib/contracts/session.ts';

/** A one-use link made by an instance admin: choose a new password, then sign in with it. */
export function ResetForm({ token }: { token: string }) {
  const offer = useQuery(sessionQueries.reset(token));
  const form = useForm<z.input<typeof ResetBody>>({
    resolver: schemaResolver(() => import('#lib/contracts/session.ts').then((module) => module.ResetBody)),
    defaultValues: { password: '' },
  });
  const reset = useFormMutation(form, {
    ...resetPassword(token),
    onSuccess: () => window.location.assign('/login'),
  });

  if (offer.isPending) return <SkeletonText lines={3} />;
  if (offer.isError)
    return (
      <ErrorState title="This link cannot be used" onRetry={() => offer.refetch()}>
        {offer.error.message} Reset links work once and for one hour; ask an instance admin for a new one.
      </ErrorState>
    );
  return (
    <form noValidate className="grid gap-4" onSubmit={form.handleSubmit(({ password }) => reset.mutate(password))}>
      {reset.refusal && <Callout tone="danger">{reset.refusal}</Callout>}
      <input type="text" name="username" autoComplete="username" value={offer.data.username} readOnly hidden />
      <Field
        label={`New password for ${offer.data.username}`}
        hint="At least 12 characters."
        error={form.formState.errors.password?.message}
      >
        <Input autoFocus type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" loading={reset.isPending}>
        Set password
      </Button>
    </form>
  );
}

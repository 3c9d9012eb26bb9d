'use client';

import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { ApiError } from '#lib/client/http.ts';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { acceptInvite, sessionQueries } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { NewAccount } from './new-account.ts';

const isUsedUp = (error: unknown) => error instanceof ApiError && (error.code === 'gone' || error.code === 'not_found');

/** A one-use link: join as who is signed in, or make an account. */
export function InviteForm({ token }: { token: string }) {
  const offer = useQuery(sessionQueries.invite(token));
  const form = useForm<NewAccount>({
    resolver: schemaResolver(() => import('./new-account.ts').then((module) => module.NewAccount)),
    defaultValues: { username: '', email: '', password: '' },
  });
  const join = useFormMutation(form, {
    ...acceptInvite(token),
    onSuccess: ({ entity }) => window.location.assign(`/?entity=${encodeURIComponent(entity)}`),
  });

  if (offer.isPending) return <SkeletonText lines={4} />;
  if (offer.isError)
    return (
      <ErrorState title="This invite cannot be used" onRetry={isUsedUp(offer.error) ? undefined : () => offer.refetch()}>
        {offer.error.message}
      </ErrorState>
    );

  const { entity, role, invitedBy, expiresAt, signedInAs } = offer.data;
  const { errors } = form.formState;
  return (
    <div className="grid gap-4">
      <p className="text-fg-2">
        {invitedBy} invites you to <strong className="font-semibold text-fg">{entity}</strong> as {role}. The link works once and ends{' '}
        <RelativeTime at={expiresAt} />.
      </p>
      {join.refusal && <Callout tone="danger">{join.refusal}</Callout>}
      {signedInAs ? (
        <Button variant="primary" loading={join.isPending} onClick={() => join.mutate({})}>
          Join as {signedInAs}
        </Button>
      ) : (
        <form
          noValidate
          className="grid gap-4"
          onSubmit={form.handleSubmit(({ email, ...values }) => {
            join.mutate({ ...values, ...(email && { email }) });
          })}
        >
          <Field label="User name" error={errors.username?.message}>
            <Input autoFocus autoComplete="username" spellCheck={false} autoCapitalize="none" {...form.register('username')} />
          </Field>
          <Field label="E-mail" note="optional" error={errors.email?.message}>
            <Input type="email" autoComplete="email" {...form.register('email')} />
          </Field>
          <Field label="Password" hint="At least 12 characters." error={errors.password?.message}>
            <Input type="password" autoComplete="new-password" {...form.register('password')} />
          </Field>
          <Button type="submit" variant="primary" loading={join.isPending}>
            Create account and join
          </Button>
          <ButtonLink variant="ghost" href={`/login?next=${encodeURIComponent(`/invite/${token}`)}`}>
            I have an account: sign in
          </ButtonLink>
        </form>
      )}
    </div>
  );
}

'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { signIn } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { SignInBody } from '#lib/contracts/session.ts';

/** `next`: where the visitor wanted to go; always an address of ours. */
export function SignInForm({ next }: { next: string }) {
  const form = useForm<z.input<typeof SignInBody>>({
    resolver: schemaResolver(() => import('#lib/contracts/session.ts').then((module) => module.SignInBody)),
    defaultValues: { login: '', password: '' },
  });
  const [forgot, setForgot] = useState(false);
  const entering = useFormMutation(form, {
    ...signIn(),
    onSuccess: () => window.location.assign(next), // a full load: nothing of the visitor before stays in memory
  });
  const { errors } = form.formState;

  return (
    <form noValidate className="grid gap-4" onSubmit={form.handleSubmit((values) => entering.mutate(values))}>
      {entering.refusal && <Callout tone="danger">{entering.refusal}</Callout>}
      <Field label="User name or e-mail" error={errors.login?.message}>
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('login')} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" {...form.register('password')} />
      </Field>
      <Button type="submit" variant="primary" loading={entering.isPending}>
        Sign in
      </Button>
      <button
        type="button"
        className="justify-self-start text-small text-accent-text hover:underline"
        aria-expanded={forgot}
        onClick={() => setForgot(!forgot)}
      >
        Forgot password?
      </button>
      {forgot && (
        <p className="text-small text-fg-2">
          No mail is sent. Ask an instance admin for a reset link, or run{' '}
          <code className="font-mono">npx hookline reset-password &lt;user&gt;</code> on the server.
        </p>
      )}
    </form>
  );
}

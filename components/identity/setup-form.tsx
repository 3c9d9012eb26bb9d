'use client';

import { Controller, useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { setUp } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { SetupBody } from '#lib/contracts/session.ts';

const suggestion = (organization: string) =>
  organization
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

/** First start: organization, first admin, first team. Afterwards the page is gone. */
export function SetupForm({ token }: { token?: string }) {
  const form = useForm<SetupBody>({
    resolver: schemaResolver(() => import('#lib/contracts/session.ts').then((module) => module.SetupBody)),
    defaultValues: { token, organization: '', organizationEntity: '', username: '', email: '', password: '', team: '', registries: true },
  });
  const setup = useFormMutation(form, {
    ...setUp(),
    onSuccess: () => window.location.assign('/'),
  });
  const { errors } = form.formState;
  /** As the server would name it: with "-org" only where the name itself is another's. */
  const suggestEntity = () => {
    const { organization, username, team } = form.getValues();
    const name = suggestion(organization);
    if (!form.formState.dirtyFields.organizationEntity && name)
      form.setValue('organizationEntity', [username, team].some((taken) => taken.toLowerCase() === name) ? `${name}-org` : name);
  };
  const submit = form.handleSubmit((values) => {
    setup.mutate({ ...values, organizationEntity: values.organizationEntity || undefined, email: values.email || undefined });
  });

  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      {setup.refusal && <Callout tone="danger">{setup.refusal}</Callout>}
      <Field label="Organization" hint="Shown to people; may be changed later." error={errors.organization?.message}>
        <Input
          autoFocus
          autoComplete="organization"
          placeholder="Acme Vision"
          {...form.register('organization', {
            onChange: suggestEntity,
          })}
        />
      </Field>
      <Field
        label="Organization’s name in addresses"
        hint="Letters, digits, “-” and “_”. Registries live under it."
        error={errors.organizationEntity?.message}
      >
        <Input
          mono
          spellCheck={false}
          autoCapitalize="none"
          {...form.register('organizationEntity', { setValueAs: (value) => value || undefined })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Your user name" error={errors.username?.message}>
          <Input
            autoComplete="username"
            spellCheck={false}
            autoCapitalize="none"
            {...form.register('username', { onChange: suggestEntity })}
          />
        </Field>
        <Field label="E-mail" note="optional" error={errors.email?.message}>
          <Input type="email" autoComplete="email" {...form.register('email', { setValueAs: (value) => value || undefined })} />
        </Field>
      </div>
      <Field label="Password" hint="At least 12 characters." error={errors.password?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Field label="First team" hint="Projects, secrets and webhooks belong to teams." error={errors.team?.message}>
        <Input spellCheck={false} autoCapitalize="none" placeholder="vision" {...form.register('team', { onChange: suggestEntity })} />
      </Field>
      <Controller
        control={form.control}
        name="registries"
        render={({ field }) => (
          <Checkbox
            checked={field.value ?? true}
            onChange={field.onChange}
            label={
              <>
                Create the registries <code className="font-mono">model</code> and <code className="font-mono">dataset</code>
              </>
            }
          />
        )}
      />
      <Button type="submit" variant="primary" loading={setup.isPending}>
        Set up Hookline
      </Button>
    </form>
  );
}

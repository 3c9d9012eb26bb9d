'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { toast } from '#components/ui/toast.ts';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { updateProfile } from '#lib/client/session.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { MeView } from '#lib/contracts/session.ts';
import type { ProfileFormValues } from './profile-form-values.ts';

export function ProfileForm({ me }: { me: MeView }) {
  const form = useForm<ProfileFormValues>({
    resolver: schemaResolver(() => import('./profile-form-values.ts').then((module) => module.ProfileFormValues)),
    defaultValues: { name: me.name, email: me.email ?? '' },
  });
  const { errors, isDirty } = form.formState;
  const save = useFormMutation(form, updateProfile(useQueryClient()));
  const submit = form.handleSubmit(({ name, email }) =>
    save.mutate(
      { name, email: email === '' ? null : email },
      {
        onSuccess: (saved) => {
          form.reset({ name: saved.name, email: saved.email ?? '' });
          toast.success('Your profile is saved');
        },
      },
    ),
  );
  return (
    <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {save.refusal && <Callout tone="danger">{save.refusal}</Callout>}
      <Field label="Name" hint="As others see it beside your user name." error={errors.name?.message}>
        <Input autoComplete="name" {...form.register('name')} />
      </Field>
      <Field label="E-mail" note="optional" hint="You can sign in with it. Hookline sends no mail." error={errors.email?.message}>
        <Input type="email" autoComplete="email" {...form.register('email')} />
      </Field>
      <div>
        <Button type="submit" loading={save.isPending} disabledReason={isDirty ? undefined : 'Nothing is changed'}>
          Save profile
        </Button>
      </div>
    </form>
  );
}

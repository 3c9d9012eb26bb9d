'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { toast } from '#components/ui/toast.ts';
import { applyIssues } from '#lib/client/apply-issues.ts';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { updateProfile } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';
import type { ProfileFormValues } from './profile-form-values.ts';

export function ProfileForm({ me }: { me: MeView }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<ProfileFormValues>({
    resolver: schemaResolver(() => import('./profile-form-values.ts').then((module) => module.ProfileFormValues)),
    defaultValues: { name: me.name, email: me.email ?? '' },
  });
  const { errors, isDirty } = form.formState;
  const save = useMutation({
    ...updateProfile(useQueryClient()),
    onMutate: () => setRefusal(null),
    onError: (error) => setRefusal(applyIssues(form, error)),
  });
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
      {refusal && <Callout tone="danger">{refusal}</Callout>}
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

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { toast } from '#components/ui/toast.ts';
import { applyIssues } from '#lib/client/apply-issues.ts';
import { updateProfile } from '#lib/client/session.ts';
import { Email, type MeView } from '#lib/contracts/session.ts';

const Profile = z.object({
  name: z.string().trim().min(1, 'Give a name.').max(128, 'A name has at most 128 characters.'),
  email: Email.or(z.literal('')),
});

export function ProfileForm({ me }: { me: MeView }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<z.input<typeof Profile>>({
    resolver: zodResolver(Profile),
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

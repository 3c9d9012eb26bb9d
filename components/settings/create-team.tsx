'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { createTeam } from '#lib/client/organizations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { EntityName } from '#lib/domain/names.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

const NewTeam = z.object({ name: EntityName });

export function CreateTeam({ organization, onClose }: { organization: string; onClose: () => void }) {
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(NewTeam), defaultValues: { name: '' } });
  const create = useFormMutation(form, createTeam(useQueryClient()));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Create a team in ${organization}`}>
      <DialogForm
        onSubmit={form.handleSubmit(({ name }) =>
          create.mutate({ name, organization }, { onSuccess: (team) => router.push(pagePaths.teamSettings(team.name)) }),
        )}
        refusal={create.refusal}
        submit="Create team"
        pending={create.isPending}
      >
        <Field
          label="Team name"
          hint="Letters, digits, _ and -. It is part of addresses and cannot be changed later."
          error={form.formState.errors.name?.message}
        >
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('name')} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

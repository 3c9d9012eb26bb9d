'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { createProject } from '#lib/client/tracking.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { ProjectBody } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

export function CreateProject({ owners, initial, onClose }: { owners: readonly string[]; initial: string; onClose: () => void }) {
  const router = useRouter();
  const form = useForm<z.input<typeof ProjectBody>, unknown, z.output<typeof ProjectBody>>({
    resolver: zodResolver(ProjectBody),
    defaultValues: { entity: initial, name: '', description: '' },
  });
  const create = useFormMutation(form, {
    ...createProject(useQueryClient()),
    onSuccess: (view) => router.push(pagePaths.project(view.entity, view.name)),
  });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create project">
      <DialogForm
        onSubmit={form.handleSubmit((values) => create.mutate(values))}
        refusal={create.refusal}
        submit="Create project"
        pending={create.isPending}
      >
        {owners.length > 1 && (
          <Field label="Team" error={errors.entity?.message}>
            <Select
              value={form.watch('entity')}
              onChange={(entity) => form.setValue('entity', entity)}
              options={owners.map((name) => ({ value: name, label: name }))}
            />
          </Field>
        )}
        <Field label="Project name" error={errors.name?.message}>
          <Input autoFocus spellCheck={false} {...form.register('name')} />
        </Field>
        <Field label="Description" note="optional" error={errors.description?.message}>
          <Input {...form.register('description')} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import { TokenInput } from '#components/ui/token-input.tsx';
import { createRegistry } from '#lib/client/tracking.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { RegistryBody } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

export function CreateRegistry({ organizations, onClose }: { organizations: readonly string[]; onClose: () => void }) {
  const router = useRouter();
  const form = useForm<z.input<typeof RegistryBody>, unknown, z.output<typeof RegistryBody>>({
    resolver: zodResolver(RegistryBody),
    defaultValues: { name: '', organization: organizations[0], visibility: 'organization', description: '', artifactTypes: null },
  });
  const create = useFormMutation(form, {
    ...createRegistry(useQueryClient()),
    onSuccess: (view) => router.push(pagePaths.registry(view.name, view.organization)),
  });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create registry">
      <DialogForm
        onSubmit={form.handleSubmit((values) => create.mutate(values))}
        refusal={create.refusal}
        submit="Create registry"
        pending={create.isPending}
      >
        {organizations.length > 1 && (
          <Field label="Organization" error={errors.organization?.message}>
            <Select
              value={form.watch('organization')}
              onChange={(name) => form.setValue('organization', name)}
              options={organizations.map((name) => ({ value: name, label: name }))}
            />
          </Field>
        )}
        <Field label="Registry name" error={errors.name?.message}>
          <Input autoFocus spellCheck={false} {...form.register('name')} />
        </Field>
        <Controller
          control={form.control}
          name="visibility"
          render={({ field }) => (
            <Field label="Visibility" group>
              <RadioGroup
                value={field.value ?? 'organization'}
                onChange={field.onChange}
                options={[
                  {
                    value: 'organization',
                    label: 'Organization',
                    description: 'Everyone in the organization, with the role they have there.',
                  },
                  { value: 'restricted', label: 'Restricted', description: 'Only members you add.' },
                ]}
              />
            </Field>
          )}
        />
        <Controller
          control={form.control}
          name="artifactTypes"
          render={({ field, fieldState }) => (
            <Field
              label="Artifact types"
              note="optional"
              hint="Only these may be linked; none named: all."
              error={fieldState.error?.message}
            >
              <TokenInput
                mono
                values={field.value ?? []}
                onChange={(types) => field.onChange(types.length ? types : null)}
                placeholder="model"
              />
            </Field>
          )}
        />
        <Field label="Description" note="optional" error={errors.description?.message}>
          <Input {...form.register('description')} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

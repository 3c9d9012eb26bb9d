'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { toast } from '#components/ui/toast.ts';
import { TokenInput } from '#components/ui/token-input.tsx';
import { schemaResolver } from '#lib/client/schema-resolver.ts';
import { updateRegistry } from '#lib/client/tracking.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import type { RegistryView } from '#lib/contracts/tracking.ts';
import type { RegistryFormValues } from './registry-form-values.ts';

const VISIBILITIES = [
  { value: 'organization' as const, label: 'Organization', description: 'Everyone in the organization, with the role they have there.' },
  { value: 'restricted' as const, label: 'Restricted', description: 'Only the members below, and the organization’s admins.' },
];

export function RegistryForm({ view, organization }: { view: RegistryView; organization?: string }) {
  const form = useForm<RegistryFormValues>({
    resolver: schemaResolver(() => import('./registry-form-values.ts').then((module) => module.RegistryFormValues)),
    defaultValues: { visibility: view.visibility, description: view.description, artifactTypes: view.artifactTypes },
  });
  const { errors } = form.formState;
  const save = useFormMutation(form, updateRegistry(useQueryClient(), view.name, organization));
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((values) => save.mutate(values, { onSuccess: () => void toast.success(`${view.name} is saved`) }))}
    >
      {save.refusal && <Callout tone="danger">{save.refusal}</Callout>}
      <Controller
        control={form.control}
        name="visibility"
        render={({ field }) => (
          <Field label="Visibility" group>
            <RadioGroup value={field.value ?? 'organization'} onChange={field.onChange} options={VISIBILITIES} />
          </Field>
        )}
      />
      <Controller
        control={form.control}
        name="artifactTypes"
        render={({ field, fieldState }) => (
          <Field label="Artifact types" note="optional" hint="Only these may be linked; none named: all." error={fieldState.error?.message}>
            <TokenInput
              mono
              placeholder="model"
              values={field.value ?? []}
              onChange={(types) => field.onChange(types.length > 0 ? types : null)}
            />
          </Field>
        )}
      />
      <Field label="Description" note="optional" error={errors.description?.message}>
        <Textarea rows={2} {...form.register('description')} />
      </Field>
      <div>
        <Button type="submit" variant="primary" loading={save.isPending}>
          Save registry
        </Button>
      </div>
    </form>
  );
}

/** The same for who may not change it. */
export function RegistryFacts({ view }: { view: RegistryView }) {
  return (
    <KeyValue
      items={[
        { key: 'Visibility', value: view.visibility === 'restricted' ? 'Its members only' : 'Everyone in the organization' },
        { key: 'Artifact types', value: view.artifactTypes?.join(', ') ?? 'all' },
        { key: 'Description', value: view.description || 'none' },
      ]}
    />
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { type Control, Controller, type FieldValues, type Path } from 'react-hook-form';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { integrationQueries } from '#lib/client/integrations.ts';
import { NONE } from './webhook-form-values.ts';

interface NoticesToFieldProps<Form extends FieldValues> {
  team: string;
  control: Control<Form>;
  name: Path<Form>;
  /** The integration itself cannot tell that it is in trouble. */
  ownId?: string;
  noun: string;
  className?: string;
}

/** Through which other integration admins hear of trouble, besides the app. */
export function NoticesToField<Form extends FieldValues>({ team, control, name, ownId, noun, className }: NoticesToFieldProps<Form>) {
  const webhooks = useQuery(integrationQueries.webhooks(team)).data?.items ?? [];
  const channels = useQuery(integrationQueries.slackChannels(team)).data?.items ?? [];
  const others = [...channels, ...webhooks].filter(({ id }) => id !== ownId);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field
          className={className}
          label="Notices to"
          note="optional"
          hint={`Admins are told here when this ${noun} is paused, about to be disabled, disabled, or works again; another integration can tell them too.`}
          error={fieldState.error?.message}
        >
          <Select
            value={field.value}
            onChange={field.onChange}
            options={[{ value: NONE, label: 'Nobody else' }, ...others.map((other) => ({ value: other.id, label: other.name }))]}
          />
        </Field>
      )}
    />
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { integrationQueries } from '#lib/client/integrations.ts';
import { DEFAULT_MAX_CONCURRENT, NONE, type WebhookForm } from './webhook-form-values.ts';

/** How fast a receiver may be called, and who hears when it fails steadily. Rarely changed, so folded. */
export function WebhookLimits({ team, form, ownId }: { team: string; form: UseFormReturn<WebhookForm>; ownId?: string }) {
  const webhooks = useQuery(integrationQueries.webhooks(team)).data?.items ?? [];
  const channels = useQuery(integrationQueries.slackChannels(team)).data?.items ?? [];
  const others = [...channels, ...webhooks].filter(({ id }) => id !== ownId);
  const { errors, defaultValues } = form.formState;
  const changed =
    defaultValues?.maxConcurrent !== String(DEFAULT_MAX_CONCURRENT) ||
    defaultValues.maxPerMinute !== '' ||
    defaultValues.noticesTo !== NONE;
  const wrong = errors.maxConcurrent ?? errors.maxPerMinute ?? errors.noticesTo;
  return (
    <details open={changed || Boolean(wrong)} className="group">
      <summary className="-mx-1 flex w-fit cursor-default list-none items-center gap-1.5 rounded-xs px-1 text-small font-medium text-fg-2 hover:text-fg">
        <ChevronRight className="size-3.5 transition-transform duration-fast group-open:rotate-90" />
        Limits and notices
      </summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <Field label="At the same time" hint="Deliveries under way at once, at most." error={errors.maxConcurrent?.message}>
          <Input inputMode="numeric" {...form.register('maxConcurrent')} />
        </Field>
        <Field label="Per minute" note="optional" hint="Empty for no limit; more than that wait." error={errors.maxPerMinute?.message}>
          <Input inputMode="numeric" {...form.register('maxPerMinute')} />
        </Field>
        <Controller
          control={form.control}
          name="noticesTo"
          render={({ field, fieldState }) => (
            <Field
              className="sm:col-span-2"
              label="Notices to"
              note="optional"
              hint="Admins are told here when this webhook is paused, disabled or works again; another integration can tell them too."
              error={fieldState.error?.message}
            >
              <Select
                value={field.value}
                onChange={field.onChange}
                options={[{ value: NONE, label: 'Nobody else' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            </Field>
          )}
        />
      </div>
    </details>
  );
}

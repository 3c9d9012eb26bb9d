'use client';

import { ChevronRight } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { DEFAULT_MAX_CONCURRENT } from '#lib/domain/target.ts';
import { NoticesToField } from './notices-to-field.tsx';
import { NONE, type WebhookForm } from './webhook-form-values.ts';

/** How fast a receiver may be called, and who hears when it fails steadily. Rarely changed, so folded. */
export function WebhookLimits({ team, form, ownId }: { team: string; form: UseFormReturn<WebhookForm>; ownId?: string }) {
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
        <NoticesToField team={team} control={form.control} name="noticesTo" ownId={ownId} noun="webhook" className="sm:col-span-2" />
      </div>
    </details>
  );
}

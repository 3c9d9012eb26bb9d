'use client';

import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { durationWords } from '#lib/domain/rule-words.ts';
import { numberOf, scopeOf } from './form-document.ts';
import { RetryField } from './retry-field.tsx';
import { Summary } from './summary.tsx';
import type { Matches } from './use-matches.ts';
import type { RequestPreview } from './use-request-preview.ts';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

/** How it is called and how often it may act; then everything in words. */
export function DetailsStep({ preview, matches }: { preview: RequestPreview; matches: Matches }) {
  const form = useWizardForm();
  const values = useValues();
  const place = scopeOf(values.scope);
  return (
    <div className="flex flex-col gap-6">
      <Field
        label="Automation name"
        error={useProblem('name')}
        hint={`${place ? `Unique in ${Object.values(place)[0]}. ` : ''}${values.name.length} of 255.`}
      >
        <Input {...form.register('name')} placeholder="Deploy on production" />
      </Field>
      <Field label="Description" note="optional" error={useProblem('description')}>
        <Textarea {...form.register('description')} rows={2} />
      </Field>
      <div className="flex items-start gap-3 text-small">
        <Switch
          aria-label="Enabled"
          checked={values.enabled}
          onChange={(enabled) => form.setValue('enabled', enabled, { shouldDirty: true })}
        />
        <p>
          <span className="font-medium">Enabled</span>{' '}
          <span className="text-fg-2">
            {values.enabled ? 'Watches as soon as it is saved. It does not look back.' : 'Kept, but fires nothing until it is switched on.'}
          </span>
        </p>
      </div>
      {values.action.kind !== 'nothing' && <RetryField />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Cooldown" error={useProblem('cooldownSeconds')} hint={cooldownHint(values.cooldownSeconds)}>
          <Input {...form.register('cooldownSeconds')} inputMode="numeric" after="seconds" />
        </Field>
        <Field label="At most" error={useProblem('maxFiringsPerMinute')} hint="Beyond that, firings are kept as skipped.">
          <Input {...form.register('maxFiringsPerMinute')} inputMode="numeric" after="firings a minute" />
        </Field>
      </div>
      <Summary preview={preview} matches={matches} />
    </div>
  );
}

function cooldownHint(text: string): string {
  const seconds = numberOf(text);
  if (typeof seconds === 'number' && seconds < 0) return '';
  if (!seconds) return 'None: it fires every time.';
  return typeof seconds === 'number' ? `Firings within ${durationWords(seconds)} of the last are kept as skipped.` : '';
}

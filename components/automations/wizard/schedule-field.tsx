'use client';

import { useState } from 'react';
import { Combobox } from '#components/ui/combobox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { cronWords, scheduleTime } from '#lib/domain/cron-words.ts';
import type { Schedule } from '#lib/domain/filter.ts';
import { checkSchedule, nextTimes } from '#lib/domain/schedule.ts';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

const COMMON = [
  { value: '0 9 * * *', label: 'Every day at 09:00' },
  { value: '0 9 * * 1-5', label: 'Every weekday at 09:00' },
  { value: '0 9 * * 1', label: 'Every Monday at 09:00' },
  { value: '0 * * * *', label: 'Every hour' },
  { value: '0 0 1 * *', label: 'On the first of every month' },
];
const OTHER = 'other';
/** Not every browser's list holds it. */
const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({ value: zone }));

/** When: a common time or a cron expression, in a zone, with the next three times in words. */
export function ScheduleField() {
  const form = useWizardForm();
  const { schedule } = useValues().filter;
  const now = useNow(60_000);
  const [custom, setCustom] = useState(false);
  const wrong = checkSchedule(schedule, now);
  const cronProblem = useProblem('filter.schedule.cron') ?? (wrong?.field === 'cron' ? wrong.message : undefined);
  const zoneProblem = useProblem('filter.schedule.timeZone') ?? (wrong?.field === 'timeZone' ? wrong.message : undefined);
  const setCron = (cron: string) => form.setValue('filter.schedule.cron', cron, { shouldDirty: true, shouldValidate: true });
  return (
    <>
      <Field label="When">
        <Select
          value={!custom && COMMON.some(({ value }) => value === schedule.cron) ? schedule.cron : OTHER}
          onChange={(value) => {
            setCustom(value === OTHER);
            if (value !== OTHER) setCron(value);
          }}
          options={[...COMMON, { value: OTHER, label: 'Another time, as a cron expression' }]}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Cron expression" error={cronProblem} hint="Minute, hour, day, month, weekday.">
          <Input
            mono
            spellCheck={false}
            value={schedule.cron}
            onChange={(event) => setCron(event.target.value)}
            invalid={cronProblem !== undefined}
          />
        </Field>
        <Field label="Time zone" error={zoneProblem} hint="Changes to summer time are followed.">
          <Combobox
            value={schedule.timeZone}
            options={ZONES}
            onChange={(zone) => form.setValue('filter.schedule.timeZone', zone, { shouldDirty: true, shouldValidate: true })}
          />
        </Field>
      </div>
      {!wrong && <NextTimes schedule={schedule} now={now} />}
    </>
  );
}

function NextTimes({ schedule, now }: { schedule: Schedule; now: number }) {
  const words = cronWords(schedule.cron);
  return (
    <div className="rounded-panel border border-line bg-background px-3 py-2.5 text-small">
      <p className="text-fg-2">{words ? `${words}, ${schedule.timeZone}.` : `In ${schedule.timeZone}.`} The next three times:</p>
      <ol className="pt-1 tabular-nums">
        {nextTimes(schedule, now, 3).map((at) => (
          <li key={at}>{scheduleTime(at, schedule.timeZone)}</li>
        ))}
      </ol>
    </div>
  );
}

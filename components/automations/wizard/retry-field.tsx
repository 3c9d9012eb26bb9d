'use client';

import { useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { DEFAULT_DELAYS_SECONDS } from '#lib/domain/retry.ts';
import { durationWords } from '#lib/domain/rule-words.ts';
import { parseDelays } from './parse-delays.ts';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

const SCHEDULES = {
  standard: { label: 'Standard', delays: [...DEFAULT_DELAYS_SECONDS] as number[] },
  quick: { label: 'Quick', delays: [0, 5, 30, 120] },
  once: { label: 'Once', delays: [0] },
};
type Known = keyof typeof SCHEDULES;
const CUSTOM = 'custom';

const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join();
const total = (delays: readonly number[]) => delays.reduce((sum, delay) => sum + delay, 0);
const triesText = (delays: readonly number[]) =>
  delays.length === 1 ? '1 try' : `${delays.length} tries over ${durationWords(total(delays))}`;

/** When a failed delivery is tried again: a named schedule or waits of one's own, drawn as a line of tries. */
export function RetryField() {
  const form = useWizardForm();
  const { delaysSeconds } = useValues().retry;
  const problem = useProblem('retry.delaysSeconds');
  const known = (Object.keys(SCHEDULES) as Known[]).find((key) => same(SCHEDULES[key].delays, delaysSeconds));
  const [custom, setCustom] = useState(known === undefined);
  const set = (delays: number[]) => form.setValue('retry.delaysSeconds', delays, { shouldDirty: true, shouldValidate: true });
  return (
    <div className="flex flex-col gap-4">
      <Field label="Retry schedule">
        <Select
          value={custom ? CUSTOM : (known ?? CUSTOM)}
          onChange={(value) => {
            setCustom(value === CUSTOM);
            if (value !== CUSTOM) set(SCHEDULES[value as Known].delays);
          }}
          options={[
            ...(Object.keys(SCHEDULES) as Known[]).map((key) => ({
              value: key as string,
              label: (
                <>
                  {SCHEDULES[key].label} <span className="pl-1 text-fg-3">{triesText(SCHEDULES[key].delays)}</span>
                </>
              ),
            })),
            { value: CUSTOM, label: 'Custom' },
          ]}
        />
      </Field>
      {custom && <CustomDelays delays={delaysSeconds} problem={problem} onChange={set} />}
      {!problem && <Timeline delays={delaysSeconds} />}
      <p className="text-meta text-fg-3">
        Each wait varies by ±20 %. A longer Retry-After from the receiver is honoured up to twice the next wait or 10 min, whichever is
        more. After the last try the execution is kept as failed and can be replayed.
      </p>
    </div>
  );
}

function CustomDelays({
  delays,
  problem,
  onChange,
}: {
  delays: number[];
  problem: string | undefined;
  onChange: (delays: number[]) => void;
}) {
  const [text, setText] = useState(delays.slice(1).map(shortDelay).join(', '));
  const [wrong, setWrong] = useState<string>();
  return (
    <Field
      label="Waits"
      error={wrong ?? problem}
      hint="Between tries, such as 5 s, 5 min, 2 h. The first try is at once; 1 to 20 tries, together at most 7 days."
    >
      <Input
        mono
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const parsed = parseDelays(event.target.value);
          setWrong(typeof parsed === 'string' ? parsed : undefined);
          if (typeof parsed !== 'string') onChange([0, ...parsed]);
        }}
      />
    </Field>
  );
}

const shortDelay = (seconds: number) =>
  seconds % 3600 === 0 && seconds > 0 ? `${seconds / 3600} h` : seconds % 60 === 0 && seconds > 0 ? `${seconds / 60} min` : `${seconds} s`;

function Timeline({ delays }: { delays: readonly number[] }) {
  let at = 0;
  const tries = delays.map((delay) => {
    at += delay;
    return { delay, at };
  });
  return (
    <ol className="flex flex-wrap gap-y-3" aria-label={`${triesText(delays)}`}>
      {tries.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a try has no other identity than its number.
        <li key={index} className="flex max-w-24 min-w-17 flex-1 flex-col items-center gap-1 text-meta">
          <span aria-hidden="true" className="h-4 w-full -translate-x-1/2 text-center whitespace-nowrap text-fg-3">
            {index > 0 && `+${shortDelay(one.delay)}`}
          </span>
          <span className="flex w-full items-center">
            <span className={cn('h-px flex-1', index > 0 && 'bg-line-strong')} />
            <span
              className={cn(
                'grid size-5 place-items-center rounded-full border text-[11px] tabular-nums',
                index === 0 ? 'border-accent bg-accent text-accent-on' : 'border-line-control bg-panel',
              )}
            >
              {index + 1}
            </span>
            <span className={cn('h-px flex-1', index < tries.length - 1 && 'bg-line-strong')} />
          </span>
          <span className="text-center">{index === 0 ? 'at once' : durationWords(one.at)}</span>
        </li>
      ))}
    </ol>
  );
}

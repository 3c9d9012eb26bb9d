'use client';

import { History, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { toDocument } from './form-document.ts';
import { reasonOf, subjectOf } from './match-row.tsx';
import { type BacktestState, type Firing, useBacktest } from './use-backtest.ts';
import { useValues } from './wizard-form.ts';

const PERIODS = [
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
];
const MOST_SHOWN = 100;

/** Replays the stored history against the conditions, as if the automation had been there. */
export function BacktestSection() {
  const { on, scope, filter } = toDocument(useValues());
  const [days, setDays] = useState('7');
  const [judged, setJudged] = useState('');
  const { state, run, stop } = useBacktest();
  const asked = JSON.stringify({ on, scope, filter, days });
  const start = () => {
    setJudged(asked);
    void run({ on: on!, ...(scope !== undefined && { scope }), filter: filter! }, Number(days));
  };
  return (
    <section aria-labelledby="backtest" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 id="backtest" className="mr-auto text-small font-semibold">
          Backtest
        </h3>
        <Select size="sm" aria-label="Period" className="w-auto!" value={days} onChange={setDays} options={PERIODS} />
        {state.kind === 'running' ? (
          <Button size="sm" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="sm" onClick={start} disabledReason={scope === undefined ? 'Choose a scope first' : undefined}>
            <History />
            Run
          </Button>
        )}
      </div>
      <div aria-live="polite" className="text-small text-fg-2">
        <p>{sentenceOf(state)}</p>
        {state.kind === 'done' && state.totals.note && <p>{state.totals.note}</p>}
        {state.kind === 'done' && judged !== asked && <p className="text-warning-text">The conditions have changed since. Run it again.</p>}
      </div>
      {'firings' in state && state.firings.length > 0 && <Firings firings={state.firings} />}
    </section>
  );
}

function sentenceOf(state: BacktestState): string {
  const count = (number: number, noun: string) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
  switch (state.kind) {
    case 'idle':
      return 'Replays what is stored, with the same limits as live: once per run in 24 hours, cooldown, storm guard.';
    case 'running':
    case 'stopped': {
      const progress = state.total
        ? `${state.done.toLocaleString('en')} of ${state.total.toLocaleString('en')}`
        : count(state.done, 'item');
      return `${state.kind === 'running' ? 'Judging' : 'Stopped'}: ${progress}, ${count(state.firings.length, 'firing')} so far.`;
    }
    case 'done':
      return `Would have fired ${count(state.firings.length, 'time')}. Judged ${count(state.totals.events, 'event')}${state.totals.values ? ` and ${count(state.totals.values, 'value')}` : ''}.`;
    case 'failed':
      return state.message;
  }
}

function Firings({ firings }: { firings: readonly Firing[] }) {
  const newest = firings.slice(-MOST_SHOWN).reverse();
  return (
    <ul className="border-t border-line text-small">
      {newest.map((firing) => (
        <li key={`${firing.eventId}-${firing.at}`} className="flex min-h-9 items-center gap-2 border-b border-line py-1.5">
          <Zap aria-label="Would have fired" className="size-3.5 flex-none text-success" />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-mono text-[12px]">{subjectOf(firing.title)}</span>
            {reasonOf(firing.decision)}
          </span>
          <span className="flex-none text-fg-3">
            <RelativeTime at={firing.at} />
          </span>
        </li>
      ))}
      {firings.length > MOST_SHOWN && <li className="py-2 text-fg-3">The newest {MOST_SHOWN} are shown.</li>}
    </ul>
  );
}

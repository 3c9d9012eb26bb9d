'use client';

import { History, Zap } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { toDocument } from './form-document.ts';
import { reasonOf, subjectOf } from './match-row.tsx';
import { RuleChart } from './rule-chart.tsx';
import { type BacktestState, FIRINGS_KEPT, type Firing, useBacktest } from './use-backtest.ts';
import { useValues } from './wizard-form.ts';

const PERIODS = [
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
];

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
      {state.kind === 'running' && <Progress share={state.progress.share} />}
      <div aria-live="polite" className="text-small text-fg-2">
        <p className={state.kind === 'failed' ? 'text-danger-text' : ''}>{sentenceOf(state)}</p>
        {state.kind === 'done' && heldBack(state.totals.skipped) && <p>{heldBack(state.totals.skipped)}</p>}
        {state.kind === 'done' && state.totals.note && <p>{state.totals.note}</p>}
        {state.kind === 'done' && judged !== asked && <p className="text-warning-text">The conditions have changed since. Run it again.</p>}
      </div>
      {'firings' in state && state.firings.length > 0 && (
        <Firings firings={state.firings} all={state.kind === 'done' ? state.totals.fired : state.progress.fired} />
      )}
    </section>
  );
}

const Progress = ({ share }: { share: number }) => (
  <div
    role="progressbar"
    aria-label="Backtest"
    aria-valuenow={Math.round(share * 100)}
    aria-valuemin={0}
    aria-valuemax={100}
    className="h-1 overflow-hidden rounded-full bg-hover"
  >
    <div className="h-full bg-accent transition-[width] duration-fast" style={{ width: `${share * 100}%` }} />
  </div>
);

const count = (number: number, noun: string) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
const judgedWords = ({ events, values }: { events: number; values: number }) =>
  values > 0 ? `${count(values, 'value')} in ${events.toLocaleString('en')} ${events === 1 ? 'batch' : 'batches'}` : count(events, 'event');

function sentenceOf(state: BacktestState): string {
  switch (state.kind) {
    case 'idle':
      return 'Replays what is stored, with the same limits as live: once per run in 24 hours, cooldown, storm guard.';
    case 'running':
    case 'stopped': {
      const { progress } = state;
      const reached = state.kind === 'running' ? 'Judged' : `Stopped at ${Math.round(progress.share * 100)} %: judged`;
      return `${reached} ${judgedWords(progress)}, ${count(progress.fired, 'firing')} so far.`;
    }
    case 'done':
      return `Would have fired ${count(state.totals.fired, 'time')}. Judged ${judgedWords(state.totals)}.`;
    case 'failed':
      return state.message;
  }
}

const LIMIT_WORDS: Record<string, string> = {
  fired_within_24_hours: 'within 24 hours of a firing for the same run',
  cooldown: 'during the cooldown',
  storm_guard: 'by the storm guard',
};

/** Matches that a limit kept from firing. */
function heldBack(skipped: Readonly<Record<string, number>>): string {
  const parts = Object.entries(LIMIT_WORDS).flatMap(([reason, words]) =>
    skipped[reason] ? [`${skipped[reason].toLocaleString('en')} ${words}`] : [],
  );
  return parts.length > 0 ? `Matched but held back: ${parts.join(', ')}.` : '';
}

/** The newest first; of metrics the chosen one's run is drawn, with its windows and all of its firings. */
function Firings({ firings, all }: { firings: readonly Firing[]; all: number }) {
  const [chosen, setChosen] = useState<Firing | null>(null);
  const shown = chosen && firings.includes(chosen) ? chosen : firings.at(-1)!;
  return (
    <>
      {shown.run && shown.decision.evidence && <FiringChart firing={shown} firings={firings} />}
      <ul aria-label="Firings" className="border-t border-line text-small">
        {firings.toReversed().map((firing, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: firings only come; two may share run and moment.
          <li key={firings.length - index} className="border-b border-line">
            <button
              type="button"
              aria-pressed={firing === shown}
              onClick={() => setChosen(firing)}
              className="flex min-h-9 w-full cursor-default items-center gap-2 rounded-xs py-1.5 text-left hover:bg-hover"
            >
              <Zap aria-label="Would have fired" className="size-3.5 flex-none text-success" />
              <span className="min-w-0 flex-1">
                <span className={`block truncate font-mono text-[12px] ${firing === shown ? 'font-semibold' : ''}`}>
                  {subjectOf(firing.title)}
                </span>
                {reasonOf(firing.decision)}
              </span>
              <span className="flex-none text-fg-3">
                <RelativeTime at={firing.at} />
              </span>
            </button>
          </li>
        ))}
        {all > FIRINGS_KEPT && <li className="py-2 text-fg-3">The newest {FIRINGS_KEPT} are shown.</li>}
      </ul>
    </>
  );
}

function FiringChart({ firing, firings }: { firing: Firing; firings: readonly Firing[] }) {
  const { entity, project, run, spans } = firing;
  const rings = useMemo(
    () =>
      firings.flatMap(({ run: other, entity: at, project: inProject, decision: { evidence } }) =>
        other?.id === run?.id && at === entity && inProject === project && typeof evidence?.value === 'number'
          ? [{ step: evidence.step, value: evidence.value }]
          : [],
      ),
    [firings, run?.id, entity, project],
  );
  const bands = useMemo(
    () => [
      ...(spans?.prior ? [{ from: spans.prior[0], to: spans.prior[1], kind: 'prior' as const }] : []),
      ...(spans ? [{ from: spans.current[0], to: spans.current[1], kind: 'current' as const }] : []),
    ],
    [spans],
  );
  return <RuleChart entity={entity} project={project} run={run!} metric={firing.decision.evidence!.metric} rings={rings} bands={bands} />;
}

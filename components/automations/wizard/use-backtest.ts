import { useEffect, useRef, useState } from 'react';
import { backtest, type LooseDraft } from '#lib/client/automations.ts';
import { ApiError } from '#lib/client/http.ts';
import type { BacktestLine } from '#lib/contracts/automations.ts';

export type Firing = Extract<BacktestLine, { type: 'firing' }>;
type Progress = Omit<Extract<BacktestLine, { type: 'progress' }>, 'type'>;
type Done = Extract<BacktestLine, { type: 'done' }>;

/** `firings` are the newest; how many there were is counted apart. */
export type BacktestState =
  | { kind: 'idle' }
  | { kind: 'running' | 'stopped'; firings: Firing[]; progress: Progress }
  | { kind: 'done'; firings: Firing[]; totals: Done }
  | { kind: 'failed'; message: string };

export const FIRINGS_KEPT = 100;
const CUT_OFF = 'The answer ended before all was judged. Run it again.';

/** One backtest at a time; starting another or leaving ends the one that runs. */
export function useBacktest() {
  const [state, setState] = useState<BacktestState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (automation: LooseDraft, days: number) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    let progress: Progress = { share: 0, events: 0, values: 0, fired: 0 };
    let firings: Firing[] = [];
    setState({ kind: 'running', firings, progress });
    try {
      for await (const line of backtest(automation, days, own.signal)) {
        if (line.type === 'done') {
          setState({ kind: 'done', firings, totals: line });
          return;
        }
        if (line.type === 'progress') progress = line;
        else {
          firings = [...firings, line].slice(-FIRINGS_KEPT);
          progress = { ...progress, fired: progress.fired + 1 };
        }
        setState({ kind: 'running', firings, progress });
      }
      setState({ kind: 'failed', message: CUT_OFF });
    } catch (error) {
      if (own.signal.aborted) return;
      setState({ kind: 'failed', message: error instanceof ApiError ? error.message : CUT_OFF });
    }
  };
  const stop = () => {
    running.current?.abort();
    setState((before) => (before.kind === 'running' ? { ...before, kind: 'stopped' } : before));
  };
  return { state, run, stop };
}

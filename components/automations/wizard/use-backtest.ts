import { useEffect, useRef, useState } from 'react';
import { backtest, type LooseDraft } from '#lib/client/automations.ts';
import { ApiError } from '#lib/client/http.ts';
import type { BacktestLine } from '#lib/contracts/automations.ts';

export type Firing = Extract<BacktestLine, { type: 'firing' }>;
type Done = Extract<BacktestLine, { type: 'done' }>;

export type BacktestState =
  | { kind: 'idle' }
  | { kind: 'running' | 'stopped'; firings: Firing[]; done: number; total: number | null }
  | { kind: 'done'; firings: Firing[]; totals: Done }
  | { kind: 'failed'; message: string };

/** One backtest at a time; starting another or leaving ends the one that runs. */
export function useBacktest() {
  const [state, setState] = useState<BacktestState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (automation: LooseDraft, days: number) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    let seen = { firings: [] as Firing[], done: 0, total: null as number | null };
    setState({ kind: 'running', ...seen });
    try {
      for await (const line of backtest(automation, days, own.signal)) {
        if (line.type === 'firing') seen = { ...seen, firings: [...seen.firings, line] };
        if (line.type === 'progress') seen = { ...seen, done: line.done, total: line.total };
        setState(line.type === 'done' ? { kind: 'done', firings: seen.firings, totals: line } : { kind: 'running', ...seen });
      }
    } catch (error) {
      if (own.signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      setState({ kind: 'failed', message: error.message });
    }
  };
  const stop = () => {
    running.current?.abort();
    setState((before) => (before.kind === 'running' ? { ...before, kind: 'stopped' } : before));
  };
  return { state, run, stop };
}

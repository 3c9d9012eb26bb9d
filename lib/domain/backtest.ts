import type { Automation } from './automation.ts';
import { decide } from './decide.ts';
import type { Decision, SkipReason } from './decision.ts';
import type { MetricFinding } from './facts.ts';
import { type Batch, judgeSeries } from './judge-series.ts';
import { SLOT_MS, STORM_PERIOD_MS, slotKey } from './limits.ts';
import { compileMetricRule, type MetricRule, openWindow, type RuleWindow } from './metric-rules.ts';
import type { MetricSeries } from './metric-values.ts';
import type { EventOf, TrackedEvent } from './tracked-event.ts';

export type BacktestTotals = { events: number; values: number; fired: number; skipped: Partial<Record<SkipReason, number>> };

/** A run whose values are being fed: its window, and the event that stands for all of its batches. */
export type BacktestRun = {
  event: EventOf<'run.metrics'>;
  slot: string;
  key: string;
  window: RuleWindow;
  /** What is decided where nothing fired, by whether the windows were full: without words it is always the same. */
  skips: { full?: Decision; notFull?: Decision };
};

/**
 * Judges stored events as if the automation had been there and enabled: the same `judgeSeries` and `decide` as live ingest,
 * with limits in the events' own time. Events must come in the order in which they arrived; memory grows with the runs that
 * are open and those that fired, not with their values.
 */
export class Backtest {
  readonly totals: BacktestTotals = { events: 0, values: 0, fired: 0, skipped: {} };
  #automation: Automation;
  #rule: MetricRule | null;
  #explainSkips: boolean;
  #slots = new Map<string, number>();
  #lastFiredAt: number | null = null;
  #minute = { number: 0, fired: 0 };

  constructor(automation: Automation, { explainSkips = false } = {}) {
    this.#automation = { ...automation, enabled: true };
    this.#rule = compileMetricRule(automation.on, automation.filter);
    this.#explainSkips = explainSkips;
  }

  /** Begins with a run: `key` is its metric, `earlier` are the finite values from before what will be fed. */
  openRun(event: EventOf<'run.metrics'>, key: string, earlier: ArrayLike<number>): BacktestRun {
    if (this.#rule === null) throw new Error('Only automations on metrics are tested on values.');
    return { event, slot: slotKey(event)!, key, window: openWindow(this.#rule, earlier), skips: {} };
  }

  /** One batch of a run's values. */
  feedValues({ event, slot, key, window, skips }: BacktestRun, series: MetricSeries, receivedAt: number, batch?: Batch): Decision {
    const isTaken = receivedAt - (this.#slots.get(slot) ?? Number.NEGATIVE_INFINITY) < SLOT_MS;
    const finding = judgeSeries(window, key, series, { closest: this.#explainSkips, windows: !isTaken }, batch);
    this.totals.values += finding.values;
    if (finding.fired || this.#explainSkips) return this.#count(this.#decide(event, receivedAt, slot, finding), receivedAt, slot);
    const which = finding.judged ? 'full' : 'notFull';
    skips[which] ??= this.#decide(event, receivedAt, slot, finding);
    return this.#count(skips[which], receivedAt, slot);
  }

  feedEvent(event: TrackedEvent): Decision {
    const slot = slotKey(event);
    return this.#count(this.#decide(event, event.receivedAt, slot, undefined), event.receivedAt, slot);
  }

  #decide(event: TrackedEvent, nowMs: number, slot: string | null, metric: MetricFinding | undefined): Decision {
    const minute = Math.floor(nowMs / STORM_PERIOD_MS);
    return decide(this.#automation, event, {
      nowMs,
      metric,
      slotTakenAt: slot === null ? undefined : (this.#slots.get(slot) ?? null),
      lastFiredAt: this.#lastFiredAt,
      firingsThisMinute: this.#minute.number === minute ? this.#minute.fired : 0,
      explainSkips: this.#explainSkips,
    });
  }

  #count(decision: Decision, nowMs: number, slot: string | null): Decision {
    this.totals.events++;
    if (decision.kind === 'fire') this.#note(nowMs, slot);
    else this.totals.skipped[decision.because] = (this.totals.skipped[decision.because] ?? 0) + 1;
    return decision;
  }

  #note(nowMs: number, slot: string | null): void {
    const minute = Math.floor(nowMs / STORM_PERIOD_MS);
    this.totals.fired++;
    this.#lastFiredAt = nowMs;
    if (slot !== null) this.#slots.set(slot, nowMs);
    this.#minute = { number: minute, fired: this.#minute.number === minute ? this.#minute.fired + 1 : 1 };
  }
}

import type { Automation } from './automation.ts';
import { decide } from './decide.ts';
import type { Decision, SkipReason } from './decision.ts';
import type { MetricFinding } from './facts.ts';
import { judgeSeries } from './judge-series.ts';
import { STORM_PERIOD_MS, slotKey } from './limits.ts';
import { compileMetricRule, type MetricRule, openWindow, type RuleWindow } from './metric-rules.ts';
import type { MetricSeries } from './metric-values.ts';
import type { EventOf, TrackedEvent } from './tracked-event.ts';

export type BacktestTotals = { events: number; values: number; fired: number; skipped: Partial<Record<SkipReason, number>> };

/**
 * Judges stored events as if the automation had been there and enabled: the same `judgeSeries` and `decide` as live ingest,
 * with limits in the events' own time. Events must come in the order in which they arrived; memory grows with the runs that
 * are open, not with their values.
 */
export class Backtest {
  readonly totals: BacktestTotals = { events: 0, values: 0, fired: 0, skipped: {} };
  #automation: Automation;
  #rule: MetricRule | null;
  #explainSkips: boolean;
  #windows = new Map<string, RuleWindow>();
  #slots = new Map<string, number>();
  #lastFiredAt: number | null = null;
  #minute = { number: 0, fired: 0 };

  constructor(automation: Automation, { explainSkips = false } = {}) {
    this.#automation = { ...automation, enabled: true };
    this.#rule = compileMetricRule(automation.on, automation.filter);
    this.#explainSkips = explainSkips;
  }

  /** Gives a run's windows the values from before the period. */
  openRun(event: EventOf<'run.metrics'>, earlier: ArrayLike<number>): void {
    if (this.#rule) this.#windows.set(runKey(event), openWindow(this.#rule, earlier));
  }

  /** Lets go of a run that will send no more values. */
  closeRun(event: EventOf<'run.metrics'>): void {
    this.#windows.delete(runKey(event));
  }

  feedEvent(event: TrackedEvent): Decision {
    return this.#decide(event, undefined);
  }

  /** One batch of the rule's metric; `event` says whose and when it arrived, its lines are not looked at. */
  feedValues(event: EventOf<'run.metrics'>, key: string, series: MetricSeries): Decision {
    if (this.#rule === null) throw new Error('Only automations on metrics are tested on values.');
    const run = runKey(event);
    let window = this.#windows.get(run);
    if (window === undefined) {
      window = this.#rule.open();
      this.#windows.set(run, window);
    }
    this.totals.values += series.values.length;
    return this.#decide(event, judgeSeries(window, key, series, { closest: this.#explainSkips }));
  }

  #decide(event: TrackedEvent, metric: MetricFinding | undefined): Decision {
    const nowMs = event.receivedAt;
    const slot = slotKey(event);
    const minute = Math.floor(nowMs / STORM_PERIOD_MS);
    const decision = decide(this.#automation, event, {
      nowMs,
      metric,
      slotTakenAt: slot === null ? undefined : (this.#slots.get(slot) ?? null),
      lastFiredAt: this.#lastFiredAt,
      firingsThisMinute: this.#minute.number === minute ? this.#minute.fired : 0,
      explainSkips: this.#explainSkips,
    });
    this.totals.events++;
    if (decision.kind === 'fire') this.#note(nowMs, slot, minute);
    else this.totals.skipped[decision.because] = (this.totals.skipped[decision.because] ?? 0) + 1;
    return decision;
  }

  #note(nowMs: number, slot: string | null, minute: number): void {
    this.totals.fired++;
    this.#lastFiredAt = nowMs;
    if (slot !== null) this.#slots.set(slot, nowMs);
    this.#minute = { number: minute, fired: this.#minute.number === minute ? this.#minute.fired + 1 : 1 };
  }
}

const runKey = (event: EventOf<'run.metrics'>) => `${event.place.projectId}/${event.run.runId}`;

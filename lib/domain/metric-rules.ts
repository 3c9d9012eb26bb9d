import type { AutomationEvent } from './event-types.ts';
import type { Aggregate, Comparison, Filter, MetricChange, MetricThreshold, MetricZscore } from './filter.ts';
import { MetricWindow } from './metric-window.ts';
import { priorWindowOf } from './prior-window.ts';

/**
 * The state of one rule for one run. `judge` takes the next logged value, in line order, and says whether the rule fires at
 * it; `take` only takes it, for values from before the automation listened. Constant amortised time per value.
 */
export type RuleWindow = {
  take(value: number): void;
  judge(value: number): boolean;
  /** Whether the last value judged found its windows full (a non-finite one never does). */
  readonly wasJudged: boolean;
  /** The number that was compared: an aggregate, a change, a z-score; null where there is none. */
  readonly compared: number | null;
  /** How far `compared` was from firing; Infinity when it could not be judged. */
  readonly distance: number;
  /** Values needed before the rule can fire, and how many of them are there. */
  readonly needed: number;
  readonly held: number;
  /** The windows as judged last, oldest value first, cut to the newest `limit` of each. */
  windows(limit?: number): { current: number[]; prior?: number[] };
};

export type MetricRule = {
  metricName: string;
  /** How many finite values before the next one the windows can hold: what must be taken to rebuild a window. */
  history: number;
  open(): RuleWindow;
};

/** The metric rule of a filter; null where the event is none of the metric events or its rule is missing. */
export function compileMetricRule(on: AutomationEvent, filter: Filter): MetricRule | null {
  switch (on) {
    case 'run.metric_threshold':
      return filter.metric ? thresholdRule(filter.metric) : null;
    case 'run.metric_change':
      return filter.change ? changeRule(filter.change) : null;
    case 'run.metric_zscore':
      return filter.zscore ? zscoreRule(filter.zscore) : null;
    default:
      return null;
  }
}

/** Opens a rule's window on the values that the run logged before, oldest first. */
export function openWindow(rule: MetricRule, earlier: ArrayLike<number>): RuleWindow {
  const window = rule.open();
  for (let i = 0; i < earlier.length; i++) window.take(earlier[i]!);
  return window;
}

/** With no aggregate a window is a single value, whatever length it was given. */
export const windowLength = (aggregate: Aggregate, length: number) => (aggregate === 'none' ? 1 : length);

const COMPARE: Record<Exclude<Comparison, 'nan_or_infinite'>, (a: number, b: number) => boolean> = {
  above: (a, b) => a > b,
  above_or_equal: (a, b) => a >= b,
  below: (a, b) => a < b,
  below_or_equal: (a, b) => a <= b,
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
};

function thresholdRule(rule: MetricThreshold): MetricRule {
  if (rule.is === 'nan_or_infinite') return { metricName: rule.name, history: 0, open: () => new NonFiniteWindow() };
  const length = windowLength(rule.aggregate, rule.window);
  return { metricName: rule.name, history: length - 1, open: () => new ThresholdWindow(rule, length) };
}

function changeRule(rule: MetricChange): MetricRule {
  const current = windowLength(rule.aggregate, rule.window);
  const prior = windowLength(rule.aggregate, priorWindowOf(rule));
  return { metricName: rule.name, history: current + prior - 1, open: () => new ChangeWindow(rule, current, prior) };
}

const zscoreRule = (rule: MetricZscore): MetricRule => ({
  metricName: rule.name,
  history: rule.window,
  open: () => new ZscoreWindow(rule),
});

const keepsOf = (aggregate: Aggregate) => (aggregate === 'none' ? 'values' : aggregate);

function aggregateOf(window: MetricWindow, aggregate: Aggregate): number {
  switch (aggregate) {
    case 'none':
      return window.newest();
    case 'average':
      return window.average();
    case 'min':
    case 'max':
      return window.extreme();
  }
}

/** Looks at single values; a window of finite values has no part in it. */
class NonFiniteWindow implements RuleWindow {
  readonly needed = 1;
  readonly held = 1;
  wasJudged = false;
  compared: number | null = null;
  distance = Number.POSITIVE_INFINITY;

  take(): void {}

  judge(value: number): boolean {
    this.wasJudged = true;
    return !Number.isFinite(value);
  }

  windows() {
    return { current: [] };
  }
}

class ThresholdWindow implements RuleWindow {
  wasJudged = false;
  compared: number | null = null;
  distance = Number.POSITIVE_INFINITY;
  #window: MetricWindow;
  #aggregate: Aggregate;
  #threshold: number;
  #compare: (a: number, b: number) => boolean;

  constructor(rule: MetricThreshold, length: number) {
    this.#window = new MetricWindow(length, keepsOf(rule.aggregate));
    this.#aggregate = rule.aggregate;
    this.#threshold = rule.threshold!;
    this.#compare = COMPARE[rule.is as keyof typeof COMPARE];
  }

  get needed() {
    return this.#window.length;
  }

  get held() {
    return this.#window.size;
  }

  take(value: number): void {
    if (Number.isFinite(value)) this.#window.push(value);
  }

  judge(value: number): boolean {
    this.wasJudged = false;
    this.compared = null;
    this.distance = Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value)) return false;
    this.#window.push(value);
    if (!this.#window.isFull) return false;
    this.wasJudged = true;
    this.compared = aggregateOf(this.#window, this.#aggregate);
    this.distance = Math.abs(this.compared - this.#threshold);
    return this.#compare(this.compared, this.#threshold);
  }

  windows(limit?: number) {
    return { current: this.#window.values(limit) };
  }
}

/** Two windows end to end: what leaves the current one enters the prior one. */
class ChangeWindow implements RuleWindow {
  wasJudged = false;
  compared: number | null = null;
  distance = Number.POSITIVE_INFINITY;
  #current: MetricWindow;
  #prior: MetricWindow;
  #rule: MetricChange;

  constructor(rule: MetricChange, current: number, prior: number) {
    this.#rule = rule;
    this.#current = new MetricWindow(current, keepsOf(rule.aggregate));
    this.#prior = new MetricWindow(prior, keepsOf(rule.aggregate));
  }

  get needed() {
    return this.#current.length + this.#prior.length;
  }

  get held() {
    return this.#current.size + this.#prior.size;
  }

  take(value: number): void {
    if (!Number.isFinite(value)) return;
    const evicted = this.#current.push(value);
    if (!Number.isNaN(evicted)) this.#prior.push(evicted);
  }

  judge(value: number): boolean {
    this.wasJudged = false;
    this.compared = null;
    this.distance = Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value)) return false;
    this.take(value);
    if (!this.#prior.isFull) return false;
    this.wasJudged = true;
    const prior = aggregateOf(this.#prior, this.#rule.aggregate);
    const difference = aggregateOf(this.#current, this.#rule.aggregate) - prior;
    if (this.#rule.measure === 'relative' && prior === 0) return false;
    const change = this.#rule.measure === 'relative' ? difference / Math.abs(prior) : difference;
    this.compared = change;
    return this.#fires(change);
  }

  #fires(change: number): boolean {
    const { by, amount } = this.#rule;
    switch (by) {
      case 'increase':
        this.distance = Math.max(0, amount - change);
        return change >= amount;
      case 'decrease':
        this.distance = Math.max(0, amount + change);
        return -change >= amount;
      case 'any':
        this.distance = Math.max(0, amount - Math.abs(change));
        return Math.abs(change) >= amount;
      case 'less_than':
        this.distance = Math.max(0, Math.abs(change) - amount);
        return Math.abs(change) < amount;
    }
  }

  windows(limit?: number) {
    return { current: this.#current.values(limit), prior: this.#prior.values(limit) };
  }
}

/** The newest value against those before it: judged first, then taken into the window. */
class ZscoreWindow implements RuleWindow {
  wasJudged = false;
  compared: number | null = null;
  distance = Number.POSITIVE_INFINITY;
  #window: MetricWindow;
  #rule: MetricZscore;
  #newest = Number.NaN;
  #evicted = Number.NaN;

  constructor(rule: MetricZscore) {
    this.#rule = rule;
    this.#window = new MetricWindow(rule.window, 'zscore');
  }

  get needed() {
    return this.#window.length + 1;
  }

  get held() {
    return this.#window.size + (Number.isNaN(this.#evicted) ? 0 : 1);
  }

  take(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#evicted = this.#window.push(value);
    this.#newest = value;
  }

  judge(value: number): boolean {
    this.wasJudged = false;
    this.compared = null;
    this.distance = Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value)) return false;
    if (!this.#window.isFull) {
      this.take(value);
      return false;
    }
    this.wasJudged = true;
    const z = this.#window.zscoreOf(value);
    this.take(value);
    if (z === null) return false;
    this.compared = z;
    const { direction, threshold } = this.#rule;
    const reach = direction === 'above' ? z : direction === 'below' ? -z : Math.abs(z);
    this.distance = Math.max(0, threshold - reach);
    return reach >= threshold;
  }

  /** `current` is the newest value, `prior` those that it was measured against. */
  windows(limit = this.#window.length) {
    if (Number.isNaN(this.#newest)) return { current: [], prior: [] };
    const before = this.#window.values(limit + 1).slice(0, -1);
    const prior = Number.isNaN(this.#evicted) ? before : [this.#evicted, ...before];
    return { current: [this.#newest], prior: prior.slice(-limit) };
  }
}

import type { MetricRule, RuleWindow } from '#lib/domain/metric-rules.ts';

/** Windows of at most this many values live with their run; larger ones share one bounded cache. */
const SMALL_HISTORY = 100;
const RUNS_KEPT = 20_000;
const LARGE_VALUES_KEPT = 4_000_000;

type Held = { rule: MetricRule; key: string; window: RuleWindow };
type RunWindows = { version: number; metrics: Set<string>; small: Map<number, Held> };
/** Holds only for the run entry that it was made under. */
type Large = Held & { under: RunWindows };

/**
 * The windows of open runs, so that a value costs the same whatever the window. They hold for one version of the run's
 * stored metrics; what is not here is rebuilt from the stored chunks.
 */
export class MetricWindows {
  readonly #runs = new Map<number, RunWindows>();
  readonly #large = new Map<string, Large>();
  #largeValues = 0;

  /** The metrics that the run is known to have, if what is held is of this version. */
  knownMetrics(run: number, version: number): Set<string> | null {
    const held = this.#runs.get(run);
    return held?.version === version ? held.metrics : null;
  }

  /** Begins with a run: its windows are rebuilt when asked for. */
  open(run: number, version: number, metrics: Iterable<string>): Set<string> {
    const opened = { version, metrics: new Set(metrics), small: new Map() };
    this.#runs.delete(run);
    this.#runs.set(run, opened);
    if (this.#runs.size > RUNS_KEPT) this.#runs.delete(this.#runs.keys().next().value!);
    return opened.metrics;
  }

  /** A rule's window over a metric of a run at this version; null when it must be rebuilt. */
  find(run: number, version: number, automationId: number, rule: MetricRule, key: string): RuleWindow | null {
    const under = this.#runs.get(run);
    if (under?.version !== version) return null;
    const held = rule.history > SMALL_HISTORY ? this.#findLarge(`${run}/${automationId}`, under) : under.small.get(automationId);
    return held && held.rule === rule && held.key === key ? held.window : null;
  }

  #findLarge(name: string, under: RunWindows): Large | undefined {
    const held = this.#large.get(name);
    return held?.under === under ? held : undefined;
  }

  /** Keeps a window that ends with the run's newest value of its metric. */
  keep(run: number, automationId: number, rule: MetricRule, key: string, window: RuleWindow): void {
    const under = this.#runs.get(run);
    if (!under) return;
    if (rule.history <= SMALL_HISTORY) {
      under.small.set(automationId, { rule, key, window });
      return;
    }
    const name = `${run}/${automationId}`;
    this.#dropLarge(name);
    this.#large.set(name, { rule, key, window, under });
    this.#largeValues += rule.history;
    while (this.#largeValues > LARGE_VALUES_KEPT) this.#dropLarge(this.#large.keys().next().value!);
  }

  /** A batch has made the run's metrics this version; windows that it did not touch hold on. */
  advance(run: number, from: number, to: number): void {
    const held = this.#runs.get(run);
    if (held?.version === from) held.version = to;
    else this.#runs.delete(run);
  }

  forget(runs: readonly number[]): void {
    for (const run of runs) this.#runs.delete(run);
  }

  #dropLarge(name: string): void {
    const held = this.#large.get(name);
    if (!held) return;
    this.#largeValues -= held.rule.history;
    this.#large.delete(name);
  }
}

import type { Backtest, BacktestRun } from '#lib/domain/backtest.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { MetricRule } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import { type MetricStream, streamOfMetric } from '#lib/domain/run-stream.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import type { RunKey } from '#lib/store/metric-chunks.ts';
import { listLastValues, readSeriesPart, type StoredSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { findRunByNumber, type RunWithProgress } from '#lib/store/runs.ts';

type Asked = { entityId: number; id: number; place: Place; rule: MetricRule; since: number; now: number; lines: number };

/** One run's values of a rule's metric, batch by batch from a time on; one part of them is in memory. */
export class RunReplay {
  readonly key: RunKey;
  readonly stream: MetricStream;
  readonly metric: string;
  readonly event: EventOf<'run.metrics'>;
  readonly #db: Db;
  readonly #since: number;
  readonly #lines: number;
  #run!: BacktestRun;
  #series: StoredSeries | null = null;
  #batch = 0;
  #next: number | null = 0;

  /** Null where the run has no value of the metric since the time. */
  static async open(db: Db, { entityId, id, place, rule, since, now, lines }: Asked, backtest: Backtest): Promise<RunReplay | null> {
    const held = await findRunByNumber(db, entityId, id);
    if (!held) return null;
    const known = new Set(await listRunMetrics(db, { entityId, run: id }));
    const metric = resolveMetricKey(rule.metricName, (name) => known.has(name));
    const replay = new RunReplay(db, held, eventOf(held, place, now), metric, since);
    if (!known.has(metric) || !(await replay.load(lines))) return null;
    const earlier =
      rule.history === 0 ? [] : await listLastValues(db, replay.key, replay.stream, metric, replay.#firstLine(), rule.history);
    replay.#run = backtest.openRun(replay.event, metric, earlier);
    return replay;
  }

  private constructor(db: Db, { run, progress }: RunWithProgress, event: EventOf<'run.metrics'>, metric: string, since: number) {
    this.#db = db;
    this.#since = since;
    this.key = { entityId: run.entityId, run: run.id };
    this.stream = streamOfMetric(run.source, metric);
    this.#lines = this.stream === 'system' ? progress.systemLines : progress.historyLines;
    this.metric = metric;
    this.event = event;
  }

  /** When the next batch arrived. */
  get at(): number {
    return this.#series!.receivedAt[this.#batch]!;
  }

  /** Whether the next batch must be loaded. */
  get isSpent(): boolean {
    return this.#batch === this.#series!.ends.length;
  }

  /** The line up to which values are loaded. */
  get reached(): number {
    return Math.min(this.#next ?? this.#lines, this.#lines);
  }

  #firstLine(): number {
    return this.#series!.lines[this.#series!.ends[this.#batch - 1] ?? 0]!;
  }

  feed(backtest: Backtest): Decision {
    const series = this.#series!;
    const batch = { from: series.ends[this.#batch - 1] ?? 0, to: series.ends[this.#batch]! };
    return backtest.feedValues(this.#run, series, series.receivedAt[this.#batch++]!, batch);
  }

  /** Reads on from where it is; false at the run's end. */
  async load(lines: number): Promise<boolean> {
    while (this.#next !== null) {
      const asked = { from: this.#next, lines, since: this.#since };
      const part = await readSeriesPart(this.#db, this.key, this.stream, this.metric, asked);
      this.#next = part.next;
      const first = part.series?.receivedAt.findIndex((at) => at >= this.#since) ?? -1;
      if (first < 0) continue;
      this.#series = part.series;
      this.#batch = first;
      return true;
    }
    return false;
  }
}

/** The event that stands for all of the run's batches, with the run as it is now. */
function eventOf(held: RunWithProgress, place: Place, now: number): EventOf<'run.metrics'> {
  const at = held.progress.lastValueAt ?? held.run.updatedAt;
  const run = toRunFacts(held, now);
  return { id: '', at, receivedAt: at, author: held.run.user, reportedBy: null, place, type: 'run.metrics', run, firstLine: 0, lines: [] };
}

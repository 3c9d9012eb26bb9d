import type { Automation } from '#lib/domain/automation.ts';
import type { MetricFinding } from '#lib/domain/facts.ts';
import { judgeSeries } from '#lib/domain/judge-series.ts';
import { compileMetricRule, type MetricRule, openWindow } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey, seriesOf } from '#lib/domain/metric-values.ts';
import type { MetricStream } from '#lib/domain/run-stream.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import { listLastValues } from '#lib/store/metric-series.ts';
import { insertRunMetrics, listRunMetrics } from '#lib/store/run-metrics.ts';
import type { Ingest } from './ingest.ts';

export type MetricBatch = {
  event: EventOf<'run.metrics'>;
  stream: MetricStream;
  /** The run's version before this batch. */
  version: number;
};

const SYSTEM = 'system.';

/** Every metric of the batch; notes those that the run did not have before. */
export async function noteMetrics(ingest: Ingest, { event, version }: MetricBatch): Promise<Set<string>> {
  const run = { entityId: event.place.entityId, run: event.run.id };
  const { windows } = ingest.memory;
  const known = windows.knownMetrics(run.run, version) ?? windows.open(run.run, version, await listRunMetrics(ingest.tx, run));
  const metrics = new Set<string>();
  for (const line of event.lines) for (const metric in line.values) metrics.add(metric);
  const fresh = [...metrics].filter((metric) => !known.has(metric));
  if (fresh.length) {
    await insertRunMetrics(ingest.tx, run, event.place.projectId, fresh, ingest.nowMs);
    for (const metric of fresh) known.add(metric);
  }
  return metrics;
}

/** The names by which rules can mean one of these metrics: `system.cpu` is also `cpu`. */
export const namesOf = (metrics: Iterable<string>): string[] =>
  [...metrics].flatMap((metric) => (metric.startsWith(SYSTEM) ? [metric, metric.slice(SYSTEM.length)] : [metric]));

const rules = new WeakMap<Automation, MetricRule | null>();

function ruleOf(automation: Automation): MetricRule | null {
  let rule = rules.get(automation);
  if (rule === undefined) {
    rule = compileMetricRule(automation.on, automation.filter);
    rules.set(automation, rule);
  }
  return rule;
}

/** What each automation's rule finds in the batch, in line order; null where the batch holds none of its metric. */
export class MetricJudge {
  readonly #ingest: Ingest;
  readonly #batch: MetricBatch;
  readonly #known: Set<string>;
  readonly #series = new Map<string, ReturnType<typeof seriesOf>>();

  constructor(ingest: Ingest, batch: MetricBatch) {
    this.#ingest = ingest;
    this.#batch = batch;
    this.#known = ingest.memory.windows.knownMetrics(batch.event.run.id, batch.version)!;
  }

  async find(automation: Automation, want: { closest: boolean }): Promise<MetricFinding | null> {
    const rule = ruleOf(automation);
    if (!rule) return null;
    const key = resolveMetricKey(rule.metricName, (name) => this.#known.has(name));
    const series = this.#seriesOf(key);
    if (series.values.length === 0) return null;
    const { windows } = this.#ingest.memory;
    const run = this.#batch.event.run.id;
    const window = windows.find(run, this.#batch.version, automation.id, rule, key) ?? (await this.#rebuild(rule, key));
    const finding = judgeSeries(window, key, series, want);
    windows.keep(run, automation.id, rule, key, window);
    return finding;
  }

  #seriesOf(key: string) {
    let series = this.#series.get(key);
    if (!series) {
      series = seriesOf(this.#batch.event.lines, this.#batch.event.firstLine, key);
      this.#series.set(key, series);
    }
    return series;
  }

  async #rebuild(rule: MetricRule, key: string) {
    const { event, stream } = this.#batch;
    const run = { entityId: event.place.entityId, run: event.run.id };
    if (rule.history === 0 || event.firstLine === 0) return openWindow(rule, []);
    await this.#ingest.lines.write();
    return openWindow(rule, await listLastValues(this.#ingest.tx, run, stream, key, event.firstLine, rule.history));
  }
}

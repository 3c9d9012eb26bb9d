import { z } from 'zod';
import type { Automation } from '#lib/domain/automation.ts';
import { Backtest, type BacktestRun } from '#lib/domain/backtest.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { Json } from '#lib/domain/json.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import { type MetricSeries, resolveMetricKey } from '#lib/domain/metric-values.ts';
import type { TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import { invalid } from '#lib/errors.ts';
import { listEvents } from '#lib/store/events.ts';
import { readSeries, type StoredSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { openDraft, toJudgedAutomation } from '../automations/open-draft.ts';
import type { Context } from '../context.ts';
import { toEventView } from '../events/event-view.ts';
import { instanceQuery } from '../instance-command.ts';
import { listWatchedRuns, type WatchedRange, type WatchedRun, watchedRanges } from './watched-history.ts';

export const BacktestBody = z.strictObject({
  automation: z.record(z.string(), Json),
  days: z.number().min(0.01, 'At least a hundredth of a day.').max(90, 'At most 90 days.').default(7),
});

const DAY_MS = 86_400_000;
const RUNS = 1000;
const EVENTS_AT_ONCE = 200;
const PROGRESS_EVERY = 50;

/** Replays what was stored, in order of arrival, as if the automation had been there: one JSON object a line. */
export const backtestAutomation = instanceQuery({
  allow: 'signed_in',
  input: BacktestBody,
  run: async (ctx, { automation: raw, days }) => {
    const draft = await openDraft(ctx, raw);
    const blocking = draft.issues.filter(({ path }) => ['scope', 'on', 'filter'].includes(String(path[0])));
    const automation = toJudgedAutomation(draft);
    if (!automation || blocking.length) throw invalid('Finish the event and its condition first.', blocking);
    const ranges = await watchedRanges(ctx, draft.scope!);
    const sinceMs = ctx.now() - days * DAY_MS;
    return replay(
      automation,
      isMetricEvent(automation.on) ? valuesSince(ctx, automation, ranges, sinceMs) : eventsSince(ctx, automation, ranges, sinceMs),
    );
  },
});

type Fed = { event: TrackedEvent; feed: (backtest: Backtest) => Decision; done: number; total: number | null };

async function* replay(automation: Automation, history: AsyncIterable<Fed>): AsyncGenerator<string> {
  const backtest = new Backtest(automation);
  let fed = 0;
  for await (const { event, feed, done, total } of history) {
    const decision = feed(backtest);
    if (decision.kind === 'fire') {
      const judged = { filter: automation.filter, ...(decision.evidence && { evidence: decision.evidence }) };
      const view = toEventView(event, judged);
      yield line({
        type: 'firing',
        at: new Date(event.receivedAt).toISOString(),
        title: view.title,
        eventId: view.id,
        entity: view.entity,
        project: view.project,
        decision,
      });
    }
    if (++fed % PROGRESS_EVERY === 0) {
      yield line({ type: 'progress', done, total, events: backtest.totals.events, values: backtest.totals.values });
      await new Promise(setImmediate); // other requests get their turn
    }
  }
  const filtersRuns = automation.filter.run !== undefined || automation.filter.query !== undefined;
  yield line({
    type: 'done',
    ...backtest.totals,
    ...(filtersRuns && { note: 'Run filters were judged by the runs as they are now.' }),
  });
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

/** Stored events of one type, oldest first. */
async function* eventsSince(ctx: Context, automation: Automation, ranges: readonly WatchedRange[], sinceMs: number): AsyncGenerator<Fed> {
  const newestFirst: TrackedEvent[] = [];
  for (const { entityId, projectIds, collectionId } of ranges) {
    const filter = {
      entityId,
      projectIds,
      types: [automation.on as TrackedEventType],
      ...(collectionId !== undefined && { collectionId }),
    };
    for (let beforeId: string | undefined; ; ) {
      const page = await listEvents(ctx.reader, filter, { limit: EVENTS_AT_ONCE, ...(beforeId !== undefined && { beforeId }) });
      const inside = page.filter(({ receivedAt }) => receivedAt >= sinceMs);
      newestFirst.push(...inside);
      if (inside.length < EVENTS_AT_ONCE) break;
      beforeId = page.at(-1)!.id;
    }
  }
  newestFirst.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, event] of newestFirst.entries()) {
    yield { event, feed: (backtest) => backtest.feedEvent(event), done: index + 1, total: newestFirst.length };
  }
}

type Source = {
  held: WatchedRun;
  key: string;
  series: AsyncIterator<MetricSeries & { receivedAt: number }>;
  next: (MetricSeries & { receivedAt: number }) | null;
  earlier: number[];
  opened?: BacktestRun;
};

/** Batches of all runs merged by arrival; of each run one batch is in memory. */
async function* valuesSince(ctx: Context, automation: Automation, ranges: readonly WatchedRange[], sinceMs: number): AsyncGenerator<Fed> {
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const sources: Source[] = [];
  for (const held of await listWatchedRuns(ctx, ranges, RUNS)) {
    if ((held.progress.lastValueAt ?? 0) < sinceMs) continue;
    const at = { entityId: held.run.entityId, run: held.run.id };
    const known = new Set(await listRunMetrics(ctx.reader, at));
    const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
    if (!known.has(key)) continue;
    const series = batchesOf(readSeries(ctx.reader, at, key.startsWith('system.') ? 'system' : 'history', key));
    const source: Source = { held, key, series, next: null, earlier: [] };
    await skipTo(source, sinceMs, rule.history);
    if (source.next) sources.push(source);
  }
  const total = sources.length;
  const opened = new Set<Source>();
  while (sources.length) {
    const source = sources.reduce((first, other) => (other.next!.receivedAt < first.next!.receivedAt ? other : first));
    const { held, key } = source;
    const batch = source.next!;
    const event = { ...held.event, at: batch.receivedAt, receivedAt: batch.receivedAt };
    const isNew = !opened.has(source);
    opened.add(source);
    const feed = (backtest: Backtest) => {
      if (isNew) source.opened = backtest.openRun(event, key, source.earlier);
      return backtest.feedValues(source.opened!, batch, batch.receivedAt);
    };
    yield { event, feed, done: total - sources.length, total };
    await advance(source);
    if (!source.next) sources.splice(sources.indexOf(source), 1);
  }
}

async function* batchesOf(parts: AsyncIterable<StoredSeries>) {
  for await (const { lines, steps, values, ends, receivedAt } of parts) {
    for (const [batch, to] of ends.entries()) {
      const cut = (numbers: ArrayLike<number>) => Array.prototype.slice.call(numbers, ends[batch - 1] ?? 0, to) as number[];
      yield { lines: cut(lines), steps: cut(steps), values: cut(values), receivedAt: receivedAt[batch]! };
    }
  }
}

async function advance(source: Source): Promise<void> {
  const { done, value } = await source.series.next();
  source.next = done ? null : value;
}

/** Values from before the period fill the windows and are not judged. */
async function skipTo(source: Source, sinceMs: number, history: number): Promise<void> {
  for (await advance(source); source.next && source.next.receivedAt < sinceMs; await advance(source)) {
    for (const value of Array.from(source.next.values)) if (Number.isFinite(value)) source.earlier.push(value);
    source.earlier = history === 0 ? [] : source.earlier.slice(-history);
  }
}

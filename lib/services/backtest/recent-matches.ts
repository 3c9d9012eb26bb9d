import type { z } from 'zod';
import { type RecentMatches, RecentMatchesBody } from '#lib/contracts/automations.ts';
import type { Automation } from '#lib/domain/automation.ts';
import { Backtest } from '#lib/domain/backtest.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { nextTimes } from '#lib/domain/schedule.ts';
import type { EventOf, TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import { readSeries } from '#lib/store/metric-series.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { openDraft, toJudgedAutomation } from '../automations/open-draft.ts';
import type { Context } from '../context.ts';
import { toEventView } from '../events/event-view.ts';
import { instanceQuery } from '../instance-command.ts';
import { listWatchedEvents, listWatchedRuns, newestMetricsEventId, type WatchedRun, watchedRanges } from './watched-history.ts';

type View = z.output<typeof RecentMatches>;
type Judged = { event: TrackedEvent; decision: Decision };

const EVENTS_LOOKED_AT = 200;
const RUNS_LOOKED_AT = 50;
/** Values judged at most, so that an answer comes while somebody types. */
const VALUES_LOOKED_AT = 300_000;

/** What the draft would have made of what happened last, with the reason for each. */
export const listRecentMatches = instanceQuery({
  allow: 'signed_in',
  input: RecentMatchesBody,
  run: async (ctx, { automation: raw, limit }): Promise<View> => {
    const draft = await openDraft(ctx, raw);
    // A name or an action that is still missing keeps nothing from being judged.
    const problems = draft.issues
      .filter(({ path }) => path[0] === 'filter' || path[0] === 'scope' || path[0] === 'on')
      .map(({ path, message }) => ({ severity: 'error' as const, path, message }));
    const automation = toJudgedAutomation(draft);
    if (!automation || problems.length > 0)
      return { events: [], considered: 0, fired: 0, summary: 'Finish the event and its condition first.', problems };
    const ranges = await watchedRanges(ctx, draft.scope!);
    const judged = isMetricEvent(automation.on)
      ? await judgeRuns(ctx, automation, await listWatchedRuns(ctx, ranges, RUNS_LOOKED_AT))
      : judgeEvents(automation, await listWatchedEvents(ctx, ranges, automation.on as TrackedEventType, EVENTS_LOOKED_AT));
    const fired = judged.filter(({ decision }) => decision.kind === 'fire').length;
    return {
      events: judged
        .slice(0, limit)
        .map(({ event, decision }) => ({ event: toEventView(event, evidenceOf(automation, decision)), decision })),
      considered: judged.length,
      fired,
      summary: summaryOf(automation, judged, fired, ctx.now()),
      problems,
    };
  },
});

const evidenceOf = ({ filter }: Automation, { evidence }: Decision) => ({ filter, ...(evidence && { evidence }) });

/** Newest first; the limits count as they would have. */
function judgeEvents(automation: Automation, oldestFirst: readonly TrackedEvent[]): Judged[] {
  const backtest = new Backtest(automation, { explainSkips: true });
  return oldestFirst.map((event) => ({ event, decision: backtest.feedEvent(event) })).reverse();
}

/** Each run alone: its first firing, or the value that came nearest. Runs that never logged the metric are left away. */
async function judgeRuns(ctx: Context, automation: Automation, runs: readonly WatchedRun[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  let values = 0;
  for (const held of runs) {
    if (values >= VALUES_LOOKED_AT) break;
    const found = await judgeRun(ctx, automation, held);
    if (!found) continue;
    values += found.values;
    judged.push({ decision: found.decision, event: { ...shown(held.event, found.decision), id: await newestMetricsEventId(ctx, held) } });
  }
  return judged;
}

async function judgeRun(
  ctx: Context,
  automation: Automation,
  { run, event }: WatchedRun,
): Promise<{ decision: Decision; values: number } | null> {
  const rule = compileMetricRule(automation.on, automation.filter);
  if (!rule) return null;
  const at = { entityId: run.entityId, run: run.id };
  const known = new Set(await listRunMetrics(ctx.reader, at));
  const key = resolveMetricKey(rule.metricName, (name) => known.has(name));
  if (!known.has(key)) return null;
  const backtest = new Backtest(automation, { explainSkips: true });
  const opened = backtest.openRun(event, key, []);
  let best: Decision | null = null;
  for await (const series of readSeries(ctx.reader, at, key.startsWith('system.') ? 'system' : 'history', key)) {
    for (const [batch, to] of series.ends.entries()) {
      const from = series.ends[batch - 1] ?? 0;
      const decision = backtest.feedValues(opened, series, series.receivedAt[batch]!, { from, to });
      if (decision.kind === 'fire') return { decision, values: backtest.totals.values };
      if (!best || nearer(automation, decision, best)) best = decision;
    }
  }
  return best && { decision: best, values: backtest.totals.values };
}

/** Of two that did not fire, whether the first came at least as near. */
function nearer(automation: Automation, a: Decision, b: Decision): boolean {
  return distanceOf(automation, a) <= distanceOf(automation, b);
}

function distanceOf({ filter }: Automation, { evidence }: Decision): number {
  const limit = filter.metric?.threshold ?? filter.change?.amount ?? filter.zscore?.threshold;
  if (!evidence || evidence.compared === null || limit === undefined) return Number.POSITIVE_INFINITY;
  return Math.abs((filter.metric ? evidence.compared : Math.abs(evidence.compared)) - limit);
}

/** The run's event with the line that decided. */
function shown(event: EventOf<'run.metrics'>, { evidence }: Decision): EventOf<'run.metrics'> {
  if (!evidence) return event;
  return { ...event, firstLine: evidence.line, lines: [{ step: evidence.step, values: { [evidence.metric]: evidence.value } }] };
}

function summaryOf(automation: Automation, judged: readonly Judged[], fired: number, now: number): string {
  const { on, filter } = automation;
  if (on === 'schedule' && filter.schedule) {
    const [next, then] = nextTimes(filter.schedule, now, 2).map((at) => new Date(at).toISOString());
    return next ? `Next at ${next}${then ? `, then at ${then}` : ''}.` : 'It has no date.';
  }
  const what = isMetricEvent(on) ? 'run' : 'event';
  if (judged.length === 0) {
    if (filter.metric ?? filter.change ?? filter.zscore)
      return `No run here has logged ${(filter.metric ?? filter.change ?? filter.zscore)!.name} yet.`;
    return on === 'run.silent' ? 'Silence leaves no event to look back on.' : 'No such event has happened here yet.';
  }
  const of = `${judged.length} ${what}${judged.length === 1 ? '' : 's'}`;
  if (fired > 0) return `${fired} of ${of} would have fired.`;
  const closest = judged.reduce((best, one) => (distanceOf(automation, one.decision) < distanceOf(automation, best.decision) ? one : best));
  if (!Number.isFinite(distanceOf(automation, closest.decision))) return `None of ${of} would have fired.`;
  return `None of ${of} would have fired. Closest: ${eventTitle(closest.event, evidenceOf(automation, closest.decision))}.`;
}

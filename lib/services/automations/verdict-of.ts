import type { Automation } from '#lib/domain/automation.ts';
import { scopeWords } from '#lib/domain/describe.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import type { Miss } from '#lib/domain/miss-shares.ts';
import { metricRuleOf, textOf } from '#lib/domain/rule-words.ts';
import { nextTimes } from '#lib/domain/schedule.ts';
import type { TrackedEventType } from '#lib/domain/tracked-event.ts';
import { reachVerdict, type Verdict } from '#lib/domain/verdict.ts';
import { findArmedAt } from '#lib/store/automations.ts';
import { findEntity } from '#lib/store/entities.ts';
import { listExecutions } from '#lib/store/execution-history.ts';
import { listSuggestions } from '#lib/store/suggestions.ts';
import { listWatchedEvents, type WatchedRange, watchedRanges } from '../backtest/watched-history.ts';
import type { Context } from '../context.ts';
import type { VisiblePlaces } from '../places/visible-places.ts';
import { toAutomationViews } from './automation-view.ts';

const METRICS_LOOKED_AT = 1000;

/** Why the automation has not fired, as far as the reader sees; `misses` are those of places that they see. */
export async function verdictOf(ctx: Context, automation: Automation, visible: VisiblePlaces, misses: readonly Miss[]): Promise<Verdict> {
  const [view] = await toAutomationViews(ctx, [automation], visible);
  const { problem, target, lastFiredAt, scope } = view!;
  const entity = await findEntity(ctx.reader, automation.scope.entityId);
  const ranges = entity ? await watchedRanges(ctx, { scope: automation.scope, entity }) : [];
  const [skipped] = await listExecutions(
    ctx.reader,
    {
      ranges: [{ entityId: automation.entityId }],
      automationId: automation.id,
      status: 'skipped',
      hiddenProjectIds: visible.hiddenProjectIds,
    },
    { limit: 1 },
  );
  const { schedule } = automation.filter;
  return reachVerdict({
    automation,
    place: textOf(scopeWords(scope)),
    blockedBy: target?.state === 'paused' ? null : problem,
    armedAt: await findArmedAt(ctx.reader, automation.entityId, automation.id),
    lastFiredAt,
    skipped: skipped ? { at: skipped.execution.createdAt, reason: skipped.execution.reason ?? '' } : null,
    nextAt: (schedule && nextTimes(schedule, ctx.now(), 1)[0]) ?? null,
    misses,
    newestEventAt: misses.length > 0 ? null : await newestEventAt(ctx, ranges, automation),
    metrics: misses.length > 0 ? [] : await metricsIn(ctx, ranges, automation),
  });
}

async function newestEventAt(ctx: Context, ranges: readonly WatchedRange[], { on }: Automation): Promise<number | null> {
  const type = isMetricEvent(on) ? 'run.metrics' : (on as TrackedEventType);
  const [newest] = await listWatchedEvents(ctx.reader, ranges, type, 1);
  return newest?.receivedAt ?? null;
}

async function metricsIn(ctx: Context, ranges: readonly WatchedRange[], { filter }: Automation): Promise<string[]> {
  const name = metricRuleOf(filter)?.name;
  if (name === undefined) return [];
  const found = new Set<string>();
  for (const range of ranges) {
    for (const q of [name, ''])
      for (const metric of await listSuggestions(ctx.reader, range, 'metric', q, METRICS_LOOKED_AT)) found.add(metric);
  }
  return [...found];
}

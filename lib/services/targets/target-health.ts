import type { z } from 'zod';
import { HealthQuery, type TargetHealthView } from '#lib/contracts/target-health.ts';
import { DISABLE_AFTER_MS, disablesAt, WARNINGS } from '#lib/domain/breaker.ts';
import { type CountKind, HEALTH_RANGES, percentile } from '#lib/domain/delivery-health.ts';
import { FAILURE_CAUSE_NAMES, type FailureCause } from '#lib/domain/failure-causes.ts';
import type { Target } from '#lib/domain/target.ts';
import { listDeliveryCounts } from '#lib/store/delivery-counts.ts';
import { listNoticesAbout } from '#lib/store/notices.ts';
import { listRecentDeliveries } from '#lib/store/recent-deliveries.ts';
import { countWaitingFor, isBeingSent } from '#lib/store/waiting-for-target.ts';
import { query } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { targetTopic } from '../notices/tell-target-news.ts';
import { getTarget, TargetInput } from './get-target.ts';
import { ownerOf } from './integration-owner.ts';
import { lastFailureIn } from './target-view.ts';

const NOTICES_SHOWN = 10;

const healthOf = (kind: Target['kind']) =>
  query({
    permission: 'integrations:list',
    input: TargetInput.extend(HealthQuery.shape),
    entityOf: ownerOf,
    run: async (ctx, { id, range }): Promise<TargetHealthView> => {
      const target = await getTarget(ctx, kind, id);
      const [attempts, breaker, notices] = await Promise.all([
        readAttempts(ctx, target, range),
        readBreaker(ctx, target),
        listNoticesAbout(ctx.db, target.entityId, targetTopic(target.id), NOTICES_SHOWN),
      ]);
      return {
        range,
        ...attempts,
        breaker,
        notices: notices.map(({ message, ...notice }) => ({ ...notice, text: message })),
      };
    },
  });

export const getWebhookHealth = healthOf('webhook');
export const getSlackChannelHealth = healthOf('slack');

type Counts = Map<CountKind, number>;
type Range = z.output<typeof HealthQuery>['range'];

/** A few rows of counts, however many attempts there were. */
async function readAttempts(ctx: EntityContext, { entityId, id: targetId }: Target, range: Range) {
  const { ms, widthMs, stepMs } = HEALTH_RANGES[range];
  // Whole steps that cover the period: the first and the last reach over its ends.
  const from = Math.floor((ctx.now() - ms) / stepMs) * stepMs;
  const to = Math.floor(ctx.now() / stepMs + 1) * stepMs;
  const rows = await listDeliveryCounts(ctx.db, { entityId, targetId }, { widthMs, stepMs, from, to });
  const steps: Counts[] = Array.from({ length: (to - from) / stepMs }, () => new Map());
  const all: Counts = new Map();
  for (const { step, kind, count } of rows) {
    steps[step]!.set(kind, count);
    all.set(kind, (all.get(kind) ?? 0) + count);
  }
  const causes = causesIn(all);
  const delivered = all.get('delivered') ?? 0;
  const attempts = causes.reduce((sum, { count }) => sum + count, delivered);
  return {
    from,
    to,
    stepSeconds: stepMs / 1000,
    totals: { attempts, delivered, successRate: attempts === 0 ? null : delivered / attempts, latency: latencyIn(all) },
    causes,
    steps: steps.map((counts, index) => ({
      at: from + index * stepMs,
      delivered: counts.get('delivered') ?? 0,
      failed: causesIn(counts),
      latency: latencyIn(counts),
    })),
  };
}

/** The most frequent first. */
const causesIn = (counts: Counts): { cause: FailureCause; count: number }[] =>
  FAILURE_CAUSE_NAMES.map((cause) => ({ cause, count: counts.get(cause) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);

function latencyIn(counts: Counts): { p50: number; p95: number; p99: number } | null {
  const histogram = new Map<number, number>();
  for (const [kind, count] of counts) if (kind.startsWith('ms:')) histogram.set(Number(kind.slice('ms:'.length)), count);
  const p50 = percentile(histogram, 0.5);
  return p50 === null ? null : { p50, p95: percentile(histogram, 0.95)!, p99: percentile(histogram, 0.99)! };
}

async function readBreaker(ctx: EntityContext, target: Target): Promise<TargetHealthView['breaker']> {
  const ref = { entityId: target.entityId, targetId: target.id };
  const [waiting, newest] = await Promise.all([countWaitingFor(ctx.db, ref), listRecentDeliveries(ctx.db, ref, 1)]);
  const { firstFailureAt, pausedUntil, warned, enabled } = target;
  const probing = enabled && pausedUntil !== null && (await isBeingSent(ctx.db, ref));
  const failing = enabled && firstFailureAt !== null;
  return {
    state: !enabled ? 'disabled' : probing ? 'probing' : pausedUntil !== null ? 'paused' : failing ? 'failing' : 'well',
    waiting,
    failingSince: failing ? firstFailureAt : null,
    nextProbeAt: enabled && !probing ? pausedUntil : null,
    lastFailure: lastFailureIn(newest),
    disablesAt: failing ? disablesAt(target) : null,
    warnings: failing ? WARNINGS.map((part, index) => ({ part, at: firstFailureAt + part * DISABLE_AFTER_MS, given: index < warned })) : [],
  };
}

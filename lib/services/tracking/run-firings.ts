import { z } from 'zod';
import type { FiringMark, MetricLimit } from '#lib/contracts/tracking.ts';
import { decidingText } from '#lib/domain/explain.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { COMPARISON_WORDS, numberWords } from '#lib/domain/rule-words.ts';
import type { Place } from '#lib/domain/scope.ts';
import { type ExecutionAbout, listExecutionsAbout } from '#lib/store/executions-about.ts';
import type { RunKey } from '#lib/store/metric-chunks.ts';
import { listRunMetrics } from '#lib/store/run-metrics.ts';
import { listTargetStates } from '#lib/store/target-states.ts';
import { listWatching } from '#lib/store/watching-automations.ts';
import type { Context } from '../context.ts';
import { instanceQuery } from '../instance-command.ts';
import { toPlace } from '../places/find-place.ts';
import { getRunAt } from '../runs/find-run.ts';

const RunAddress = z.object({ entity: z.string(), project: z.string(), run: z.string() });
const MARKS = 200;
const LIMITS = 200;

/** Which automations fired on the run and where to mark it, and the limits that its metrics are watched by. */
export const listFirings = instanceQuery({
  allow: 'signed_in',
  input: RunAddress,
  run: async (ctx, address) => {
    const { run, at } = await getRunAt(ctx, address);
    const place = await toPlace(ctx.reader, at);
    const owners = [run.entityId, place.organizationEntityId ?? run.entityId];
    const about = { eventEntityId: run.entityId, run: run.id };
    const executions = await listExecutionsAbout(ctx.reader, owners, about, MARKS);
    return {
      items: await toMarks(
        ctx,
        executions.filter(({ status }) => status !== 'skipped'),
      ),
      limits: await limitsOf(ctx, place, { entityId: run.entityId, run: run.id }),
    };
  },
});

async function toMarks(ctx: Context, firings: readonly ExecutionAbout[]): Promise<z.output<typeof FiringMark>[]> {
  const targets = await listTargetStates(
    ctx.reader,
    firings.flatMap(({ target }) => target ?? []),
  );
  return firings.map(({ id, automationId, automationName, decision, target, status, createdAt }) => ({
    executionId: id,
    automationId: automationIdText(automationId),
    automation: automationName,
    metric: decision.evidence?.metric ?? null,
    step: decision.evidence?.step ?? null,
    text: decidingText(decision),
    target: target && (targets.get(target.targetId)?.name ?? null),
    status,
    at: createdAt,
  }));
}

async function limitsOf(ctx: Context, place: Place, key: RunKey): Promise<z.output<typeof MetricLimit>[]> {
  const watching = await listWatching(ctx.reader, place, ['run.metric_threshold'], { limit: LIMITS });
  if (watching.length === 0) return [];
  const known = new Set(await listRunMetrics(ctx.reader, key));
  const limits = new Map<string, z.output<typeof MetricLimit>>();
  for (const { automation } of watching) {
    const rule = automation.filter.metric;
    if (!automation.enabled || rule?.threshold === undefined) continue;
    const metric = resolveMetricKey(rule.name, (name) => known.has(name));
    const label = `${COMPARISON_WORDS[rule.is].replace(/^is /, '')} ${numberWords(rule.threshold)}`;
    if (known.has(metric)) limits.set(`${metric} ${label}`, { metric, value: rule.threshold, label });
  }
  return [...limits.values()];
}

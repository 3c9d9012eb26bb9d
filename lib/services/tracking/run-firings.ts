import { z } from 'zod';
import type { FiringMark, MetricLimit } from '#lib/contracts/tracking.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { COMPARISON_WORDS, numberWords } from '#lib/domain/rule-words.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { RunKey } from '#lib/store/metric-chunks.ts';
import { listRunFirings, type RunFiring } from '#lib/store/run-firings.ts';
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
    const owners = [...new Set([run.entityId, place.organizationEntityId ?? run.entityId])];
    const firings = await listRunFirings(ctx.reader, owners, run.entityId, run.id, MARKS);
    return {
      items: await toMarks(ctx, firings),
      limits: await limitsOf(ctx, place, { entityId: run.entityId, run: run.id }),
    };
  },
});

async function toMarks(ctx: Context, firings: readonly RunFiring[]): Promise<z.output<typeof FiringMark>[]> {
  const targets = await listTargetStates(
    ctx.reader,
    firings.flatMap(({ target }) => target ?? []),
  );
  return firings.map(({ execution, decision, target }) => ({
    executionId: execution.id,
    automationId: automationIdText(execution.automationId),
    automation: execution.automationName,
    metric: decision.evidence?.metric ?? null,
    step: decision.evidence?.step ?? null,
    text: decision.clauses.find(({ clause }) => clause === 'condition' || clause === 'state')?.text ?? null,
    target: target && (targets.get(target.targetId)?.name ?? null),
    status: execution.status,
    at: execution.createdAt,
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
    const label = `${COMPARISON_WORDS[rule.is]} ${numberWords(rule.threshold)}`;
    if (known.has(metric)) limits.set(`${metric} ${label}`, { metric, value: rule.threshold, label });
  }
  return [...limits.values()];
}

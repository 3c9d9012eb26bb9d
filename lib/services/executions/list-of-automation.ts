import type { Attempt } from '#lib/domain/execution.ts';
import { countExecutions, type ExecutionListItem, listAttempts, listExecutions } from '#lib/store/execution-history.ts';
import { getPlacedAutomation, type PlacedAutomation } from '../automations/placed-automations.ts';
import type { Context } from '../context.ts';

type Position = { createdAt: number; id: string };
type OfAutomation = { placed: PlacedAutomation; items: ExecutionListItem[]; total: number };

/** What an automation has done, newest first, with how often in all (counted up to the limit of lists). */
export async function listExecutionsOfAutomation(
  ctx: Context,
  automationId: number,
  page: { limit: number; before?: Position | undefined },
): Promise<OfAutomation> {
  const placed = await getPlacedAutomation(ctx, automationId);
  const filter = { ranges: [{ entityId: placed.entity.id }], automationId };
  const [items, { count }] = await Promise.all([listExecutions(ctx.reader, filter, page), countExecutions(ctx.reader, filter)]);
  return { placed, items, total: count };
}

/** The last attempt, for what went out and what came back. */
export async function findLastAttempt({ reader }: Context, { execution }: ExecutionListItem): Promise<Attempt | null> {
  return (await listAttempts(reader, execution.entityId, execution.id)).at(-1) ?? null;
}

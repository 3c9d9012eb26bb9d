import type { DeliveryError } from '#lib/domain/delivery-outcome.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { Db } from './connect.ts';
import { entitiesUsing } from './waiting-for-target.ts';

export type RecentDelivery = {
  id: string;
  status: ExecutionStatus;
  tries: number;
  at: number;
  /** What its newest attempt ran into; null while that is under way. */
  error: Pick<DeliveryError, 'message' | 'hint'> | null;
};

/** More attempts than executions are wanted: a failing one has several. */
const ATTEMPTS_PER_EXECUTION = 4;

/** An integration's last executions by their newest attempt, newest first; also those of automations in other entities. */
export async function listRecentDeliveries(
  db: Db,
  target: { entityId: number; targetId: number },
  limit: number,
): Promise<RecentDelivery[]> {
  const entityIds = await entitiesUsing(db, target);
  const rows = await db
    .selectFrom('attempts')
    .innerJoin('executions', (join) =>
      join.onRef('executions.entity_id', '=', 'attempts.entity_id').onRef('executions.id', '=', 'attempts.execution_id'),
    )
    .select(['executions.id', 'executions.status', 'executions.number', 'attempts.started_at', 'attempts.error'])
    .where('attempts.entity_id', 'in', entityIds)
    .where('attempts.target_id', '=', target.targetId)
    .orderBy('attempts.started_at', 'desc')
    .limit(limit * ATTEMPTS_PER_EXECUTION)
    .execute();
  const newest = new Map<string, RecentDelivery>();
  for (const { id, status, number, started_at, error } of rows) {
    if (!newest.has(id)) newest.set(id, { id, status, tries: number, at: started_at, error: error === null ? null : JSON.parse(error) });
  }
  return [...newest.values()].slice(0, limit);
}

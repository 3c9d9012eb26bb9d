import type { TargetRef } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { Db } from './connect.ts';

export type RunFiring = {
  execution: { entityId: number; id: string; automationId: number; automationName: string; status: ExecutionStatus; createdAt: number };
  decision: Decision;
  target: TargetRef | null;
};

/** What fired on a run, newest first. Automations of the organization keep their executions under its own entity. */
export async function listRunFirings(
  db: Db,
  entityIds: readonly number[],
  runEntityId: number,
  run: number,
  limit: number,
): Promise<RunFiring[]> {
  const rows = await db
    .selectFrom('executions as e')
    .innerJoin('execution_facts as f', (join) => join.onRef('f.entity_id', '=', 'e.entity_id').onRef('f.id', '=', 'e.id'))
    .select(['e.entity_id', 'e.id', 'e.automation_id', 'e.automation_name', 'e.status', 'e.created_at', 'f.decision'])
    .select(['e.target_entity_id', 'e.target_id'])
    .where('e.entity_id', 'in', [...entityIds])
    .where('e.run', '=', run)
    .where('e.event_entity_id', '=', runEntityId)
    .where('e.status', '!=', 'skipped')
    .orderBy('e.created_at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    execution: {
      entityId: row.entity_id,
      id: row.id,
      automationId: row.automation_id,
      automationName: row.automation_name,
      status: row.status,
      createdAt: row.created_at,
    },
    decision: JSON.parse(row.decision) as Decision,
    target: row.target_id === null ? null : { entityId: row.target_entity_id!, targetId: row.target_id },
  }));
}

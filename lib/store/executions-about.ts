import type { TargetRef } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { Db } from './connect.ts';

/** A firing, or a skipped one, with why. */
export type ExecutionAbout = {
  entityId: number;
  id: string;
  automationId: number;
  automationName: string;
  eventId: string;
  status: ExecutionStatus;
  reason: string | null;
  /** Made by hand: no rule was asked. */
  manual: boolean;
  createdAt: number;
  decision: Decision;
  target: TargetRef | null;
};

/** What automations did about a run, or about some events; those of the organization keep theirs under its own entity. Newest first. */
export async function listExecutionsAbout(
  db: Db,
  entityIds: readonly number[],
  about: { eventEntityId: number; run: number } | { eventIds: readonly string[] },
  limit: number,
): Promise<ExecutionAbout[]> {
  if ('eventIds' in about && about.eventIds.length === 0) return [];
  let query = db
    .selectFrom('executions as e')
    .innerJoin('execution_facts as f', (join) => join.onRef('f.entity_id', '=', 'e.entity_id').onRef('f.id', '=', 'e.id'))
    .select(['e.entity_id', 'e.id', 'e.automation_id', 'e.automation_name', 'e.event_id', 'e.status', 'e.reason', 'e.manual'])
    .select(['e.created_at', 'e.target_entity_id', 'e.target_id', 'f.decision'])
    .where('e.entity_id', 'in', [...new Set(entityIds)]);
  if ('eventIds' in about) query = query.where('e.event_id', 'in', [...about.eventIds]);
  else query = query.where('e.run', '=', about.run).where('e.event_entity_id', '=', about.eventEntityId);
  const rows = await query.orderBy('e.created_at', 'desc').orderBy('e.id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    entityId: row.entity_id,
    id: row.id,
    automationId: row.automation_id,
    automationName: row.automation_name,
    eventId: row.event_id,
    status: row.status,
    reason: row.reason,
    manual: row.manual === 1,
    createdAt: row.created_at,
    decision: JSON.parse(row.decision) as Decision,
    target: row.target_id === null ? null : { entityId: row.target_entity_id!, targetId: row.target_id },
  }));
}

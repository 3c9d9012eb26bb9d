import type { Selectable } from 'kysely';
import type { Action, Automation } from '#lib/domain/automation.ts';
import type { Filter } from '#lib/domain/filter.ts';
import type { RetrySchedule } from '#lib/domain/retry-schedule.ts';
import { type Scope, scopeKey } from '#lib/domain/scope.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, inTransaction, isUniqueViolation } from './connect.ts';
import { checkRunsInScope } from './due-work.ts';
import { nextNumber } from './numbers.ts';
import type { Database } from './schema.ts';

type AutomationRow = Selectable<Database['automations']>;

export type NewAutomation = Omit<Automation, 'id' | 'createdAt' | 'updatedAt'>;

/** Throws `conflict` where the name exists in its scope. */
export async function insertAutomation(db: Db, automation: NewAutomation, nowMs: number): Promise<Automation> {
  return inTransaction(db, async (tx) => {
    const made: Automation = { ...automation, id: await nextNumber(tx, 'automation'), createdAt: nowMs, updatedAt: nowMs };
    await tx
      .insertInto('automations')
      .values({
        entity_id: made.entityId,
        id: made.id,
        ...toColumns(made),
        version: 1,
        armed_at: nowMs,
        created_by_id: made.createdById,
        created_at: nowMs,
      })
      .execute()
      .catch((error) => refuseTakenName(error, made.name));
    if (made.enabled && made.on === 'run.silent') await checkRunsInScope(tx, made.scope, nowMs);
    return made;
  });
}

/** Replaces what people write. Enabling arms it anew: what happened while it was disabled does not count. False when it is gone. */
export async function updateAutomation(db: Db, automation: Automation, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('automations')
    .set((eb) => ({
      ...toColumns({ ...automation, updatedAt: nowMs }),
      version: eb('version', '+', 1),
      armed_at: automation.enabled ? eb.case().when('enabled', '=', 0).then(nowMs).else(eb.ref('armed_at')).end() : eb.ref('armed_at'),
    }))
    .where('entity_id', '=', automation.entityId)
    .where('id', '=', automation.id)
    .executeTakeFirst()
    .catch((error) => refuseTakenName(error, automation.name));
  if (automation.enabled && automation.on === 'run.silent') await checkRunsInScope(db, automation.scope, nowMs);
  return numUpdatedRows > 0n;
}

function refuseTakenName(error: unknown, name: string): never {
  const message = `There is already an automation named "${name}" in this scope. Choose another name.`;
  if (isUniqueViolation(error)) throw conflict(message, [{ path: ['name'], message }]);
  throw error;
}

/** Its executions stay: history and queue do not depend on it. */
export async function deleteAutomation(db: Db, entityId: number, id: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    for (const table of ['automation_counters', 'schedules', 'near_misses', 'firing_slots'] as const) {
      await tx.deleteFrom(table).where('entity_id', '=', entityId).where('automation_id', '=', id).execute();
    }
    const { numDeletedRows } = await tx.deleteFrom('automations').where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  });
}

/** Null where the entity has none of that number. */
export async function findAutomation(db: Db, entityId: number, id: number): Promise<Automation | null> {
  const row = await db.selectFrom('automations').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toAutomation(row) : null;
}

/** When it was made or last enabled: what happened before does not count. */
export async function findArmedAt(db: Db, entityId: number, id: number): Promise<number> {
  const rows = db.selectFrom('automations').select('armed_at').where('entity_id', '=', entityId).where('id', '=', id);
  return (await rows.executeTakeFirst())?.armed_at ?? 0;
}

/** By its number alone, for addresses that do not name the entity. */
export async function findAutomationByNumber(db: Db, id: number): Promise<Automation | null> {
  const row = await db.selectFrom('automations').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toAutomation(row) : null;
}

/** Where each of these integrations is used; for "used by" and before deleting one. */
export async function listAutomationsOfTarget(db: Db, targetId: number, limit: number): Promise<Automation[]> {
  const rows = await db.selectFrom('automations').selectAll().where('target_id', '=', targetId).orderBy('id').limit(limit).execute();
  return rows.map(toAutomation);
}

function toColumns(automation: Omit<Automation, 'id'>) {
  const { scope, action, filter } = automation;
  const target = action.kind === 'nothing' ? null : action.target;
  return {
    name: automation.name,
    description: automation.description,
    enabled: automation.enabled ? (1 as const) : (0 as const),
    scope_kind: scope.kind,
    scope_key: scopeKey(scope),
    project_id: 'projectId' in scope ? scope.projectId : null,
    collection_id: 'collectionId' in scope ? scope.collectionId : null,
    on_type: automation.on,
    metric_name: (filter.metric ?? filter.change ?? filter.zscore)?.name ?? null,
    filter: JSON.stringify(filter),
    action_kind: action.kind,
    action: JSON.stringify(action),
    target_entity_id: target?.entityId ?? null,
    target_id: target?.targetId ?? null,
    cooldown_seconds: automation.cooldownSeconds,
    max_firings_per_minute: automation.maxFiringsPerMinute,
    retry: JSON.stringify(automation.retry),
    updated_at: automation.updatedAt,
  };
}

export function toAutomation(row: AutomationRow): Automation {
  return {
    entityId: row.entity_id,
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled === 1,
    scope: toScope(row),
    on: row.on_type,
    filter: JSON.parse(row.filter) as Filter,
    action: JSON.parse(row.action) as Action,
    cooldownSeconds: row.cooldown_seconds,
    maxFiringsPerMinute: row.max_firings_per_minute,
    retry: JSON.parse(row.retry) as RetrySchedule,
    createdById: row.created_by_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toScope(row: AutomationRow): Scope {
  const { entity_id: entityId, project_id: projectId, collection_id: collectionId } = row;
  switch (row.scope_kind) {
    case 'team':
    case 'organization':
      return { kind: row.scope_kind, entityId };
    case 'project':
    case 'registry':
      return { kind: row.scope_kind, entityId, projectId: projectId! };
    case 'collection':
    case 'registryCollection':
      return { kind: row.scope_kind, entityId, projectId: projectId!, collectionId: collectionId! };
  }
}

import type { JsonValue } from '#lib/domain/json.ts';
import type { Db } from './connect.ts';
import type { Database } from './schema.ts';

export type AuditRow = {
  entityId: number;
  id: string;
  at: number;
  actorKind: Database['audit']['actor_kind'];
  actorId: number | null;
  actorName: string;
  /** `webhook.created`: the thing and what happened to it. */
  what: string;
  /** Its name at that time. */
  target: string;
  before: JsonValue | null;
  after: JsonValue | null;
  address: string | null;
  requestId: string | null;
};

export async function insertAuditRow(db: Db, row: AuditRow): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      entity_id: row.entityId,
      id: row.id,
      at: row.at,
      actor_kind: row.actorKind,
      actor_id: row.actorId,
      actor_name: row.actorName,
      what: row.what,
      target: row.target,
      before: row.before === null ? null : JSON.stringify(row.before),
      after: row.after === null ? null : JSON.stringify(row.after),
      address: row.address,
      request_id: row.requestId,
    })
    .execute();
}

export type AuditFilter = { actor?: string; what?: string; since?: number; until?: number };

/** Newest first; `beforeId` is the last row of the page before. Ids are sortable by time. */
export async function listAudit(
  db: Db,
  entityId: number,
  filter: AuditFilter,
  page: { limit: number; beforeId?: string },
): Promise<AuditRow[]> {
  let query = db.selectFrom('audit').selectAll().where('entity_id', '=', entityId);
  if (filter.actor !== undefined) query = query.where('actor_name', '=', filter.actor);
  // "webhook" finds webhook.created and its kin, "webhook.created" only itself.
  if (filter.what !== undefined) {
    const { what } = filter;
    query = query.where((eb) => eb.or([eb('what', '=', what), eb.and([eb('what', '>=', `${what}.`), eb('what', '<', `${what}/`)])]));
  }
  if (filter.since !== undefined) query = query.where('at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('at', '<', filter.until);
  if (page.beforeId !== undefined) query = query.where('id', '<', page.beforeId);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(toAuditRow);
}

function toAuditRow(row: Database['audit']): AuditRow {
  return {
    entityId: row.entity_id,
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    what: row.what,
    target: row.target,
    before: row.before === null ? null : (JSON.parse(row.before) as JsonValue),
    after: row.after === null ? null : (JSON.parse(row.after) as JsonValue),
    address: row.address,
    requestId: row.request_id,
  };
}

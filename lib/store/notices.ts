import type { Db } from './connect.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export type Notice = {
  entityId: number;
  id: string;
  /** What it is about, such as `target:12`; one open notice each. */
  topic: string;
  severity: Database['notices']['severity'];
  message: string;
  href: string | null;
  at: number;
};

/** Replaces the open notice of the same topic: only the newest state of a thing is news. */
export async function putNotice(db: Db, notice: Notice): Promise<void> {
  await resolveNotices(db, notice.entityId, notice.topic, notice.at);
  await db
    .insertInto('notices')
    .values({
      entity_id: notice.entityId,
      id: notice.id,
      topic: notice.topic,
      severity: notice.severity,
      message: notice.message,
      href: notice.href,
      at: notice.at,
      resolved_at: null,
    })
    .execute();
}

/** Closes what is open about a topic. */
export async function resolveNotices(db: Db, entityId: number, topic: string, at: number): Promise<void> {
  await db
    .updateTable('notices')
    .set({ resolved_at: at })
    .where('entity_id', '=', entityId)
    .where('topic', '=', topic)
    .where('resolved_at', 'is', null)
    .execute();
}

/** False when there is no such open notice in these entities. */
export async function dismissNotice(db: Db, entityIds: readonly number[], id: string, at: number): Promise<boolean> {
  if (entityIds.length === 0) return false;
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ resolved_at: at })
    .where('entity_id', 'in', entityIds)
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const openNotices = prepared((db, given: { entityIds: readonly number[]; limit: number }) =>
  db
    .selectFrom('notices')
    .selectAll()
    .where('entity_id', 'in', given.entityIds)
    .where('resolved_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(given.limit),
);

/** Open ones of these entities, newest first. */
export async function listOpenNotices(db: Db, entityIds: readonly number[], limit: number): Promise<Notice[]> {
  if (entityIds.length === 0) return [];
  const { rows } = await openNotices(db, { entityIds, limit });
  return rows.map((row) => ({
    entityId: row.entity_id,
    id: row.id,
    topic: row.topic,
    severity: row.severity,
    message: row.message,
    href: row.href,
    at: row.at,
  }));
}

export type PastNotice = Pick<Notice, 'id' | 'severity' | 'message' | 'at'> & { resolvedAt: number | null };

/** What was told of one topic, open or seen to, newest first. */
export async function listNoticesAbout(db: Db, entityId: number, topic: string, limit: number): Promise<PastNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .select(['id', 'severity', 'message', 'at', 'resolved_at'])
    .where('entity_id', '=', entityId)
    .where('topic', '=', topic)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ resolved_at: resolvedAt, ...row }) => ({ ...row, resolvedAt }));
}

import { type Selectable, sql } from 'kysely';
import type { Db } from './connect.ts';
import { insertMissingRows } from './insert-rows.ts';
import type { RunKey } from './metric-chunks.ts';
import { nextNumbers } from './numbers.ts';
import { isOneOf } from './record-set.ts';
import type { Database } from './schema.ts';

/** A file of a run; `uploadedAt` is null until its content has arrived. */
export type RunFile = {
  entityId: number;
  id: number;
  run: number;
  name: string;
  size: number;
  md5: string | null;
  mimeType: string | null;
  storageKey: string;
  uploadedAt: number | null;
  createdAt: number;
};

/** The files of these names, made where the run has none, by name. */
export async function openRunFiles(db: Db, key: RunKey, names: readonly string[], nowMs: number): Promise<Map<string, RunFile>> {
  const found = await findByNames(db, key, names);
  const missing = [...new Set(names)].filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  const ids = await nextNumbers(db, 'file', missing.length);
  await insertMissingRows(
    db,
    'run_files',
    missing.map((name, index) => ({
      entity_id: key.entityId,
      id: ids[index]!,
      run: key.run,
      name,
      size: 0,
      md5: null,
      mime_type: null,
      storage_key: `runs/${key.entityId}/${ids[index]}`,
      uploaded_at: null,
      created_at: nowMs,
    })),
  );
  return findByNames(db, key, names); // another process may have been faster with some
}

async function findByNames(db: Db, { entityId, run }: RunKey, names: readonly string[]): Promise<Map<string, RunFile>> {
  const rows = await db
    .selectFrom('run_files')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where(({ ref }) => isOneOf(db, ref('name'), JSON.stringify(names)))
    .execute();
  return new Map(rows.map((row) => [row.name, toRunFile(row)]));
}

export async function findRunFileByName(db: Db, { entityId, run }: RunKey, name: string): Promise<RunFile | null> {
  const row = await db
    .selectFrom('run_files')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? toRunFile(row) : null;
}

export async function findRunFile(db: Db, entityId: number, id: number): Promise<RunFile | null> {
  const row = await db.selectFrom('run_files').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toRunFile(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findRunFileByNumber(db: Db, id: number): Promise<RunFile | null> {
  const row = await db.selectFrom('run_files').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toRunFile(row) : null;
}

/** False when the row is gone: the run was deleted meanwhile. */
export async function markRunFileUploaded(
  db: Db,
  { entityId, id }: Pick<RunFile, 'entityId' | 'id'>,
  uploaded: { size: number; md5: string; mimeType: string },
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('run_files')
    .set({ size: uploaded.size, md5: uploaded.md5, mime_type: uploaded.mimeType, uploaded_at: nowMs })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** `nameLike` is a pattern of SQL's, without case, as the client's users write it. */
export type RunFileFilter = { names?: readonly string[]; nameLike?: string };

/** Files whose content is there, by name; `afterName` is the last one of the page before. */
export async function listRunFiles(
  db: Db,
  { entityId, run }: RunKey,
  filter: RunFileFilter,
  page: { limit: number; afterName?: string },
): Promise<RunFile[]> {
  let query = selectUploaded(db, { entityId, run }).selectAll();
  const { names, nameLike } = filter;
  if (names) query = query.where(({ ref }) => isOneOf(db, ref('name'), JSON.stringify(names)));
  if (nameLike) query = query.where(({ ref }) => sql<boolean>`lower(${ref('name')}) like ${nameLike.toLowerCase()} escape '\\'`);
  if (page.afterName !== undefined) query = query.where('name', '>', page.afterName);
  const rows = await query.orderBy('name').limit(page.limit).execute();
  return rows.map(toRunFile);
}

/** Those that were uploaded. */
export async function countRunFiles(db: Db, key: RunKey): Promise<number> {
  const { count } = await selectUploaded(db, key)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const selectUploaded = (db: Db, { entityId, run }: RunKey) =>
  db.selectFrom('run_files').where('entity_id', '=', entityId).where('run', '=', run).where('uploaded_at', 'is not', null);

/** False when it was not there. */
export async function deleteRunFile(db: Db, entityId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('run_files').where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

const toRunFile = (row: Selectable<Database['run_files']>): RunFile => ({
  entityId: row.entity_id,
  id: row.id,
  run: row.run,
  name: row.name,
  size: row.size,
  md5: row.md5,
  mimeType: row.mime_type,
  storageKey: row.storage_key,
  uploadedAt: row.uploaded_at,
  createdAt: row.created_at,
});

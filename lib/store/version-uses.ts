import type { Version } from '#lib/domain/artifact.ts';
import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';
import { toVersion } from './versions.ts';

export async function insertVersionUse(
  db: Db,
  { entityId, run }: RunKey,
  version: Pick<Version, 'entityId' | 'id'>,
  usedAs: string | null,
  nowMs: number,
): Promise<void> {
  await db
    .insertInto('version_uses')
    .values({ entity_id: entityId, run, version_entity_id: version.entityId, version_id: version.id, used_as: usedAs, created_at: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The runs that use a version, under any entity. */
export async function listUsersOfVersion(db: Db, versionId: number): Promise<RunKey[]> {
  const rows = await db
    .selectFrom('version_uses')
    .select(['entity_id', 'run'])
    .where('version_id', '=', versionId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ entityId: row.entity_id, run: row.run }));
}

export type VersionPage = { limit: number; afterId?: number };

/** Committed versions that a run made, oldest first. */
export async function listOutputsOfRun(db: Db, { entityId, run }: RunKey, page: VersionPage): Promise<Version[]> {
  let query = db
    .selectFrom('versions')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('state', '=', 'committed');
  if (page.afterId !== undefined) query = query.where('id', '>', page.afterId);
  const rows = await query.orderBy('id').limit(page.limit).execute();
  return rows.map(toVersion);
}

/** Versions that a run uses, oldest first; their rows may lie under other entities. */
export async function listInputsOfRun(db: Db, { entityId, run }: RunKey, page: VersionPage): Promise<Version[]> {
  let query = db
    .selectFrom('version_uses')
    .select(['version_entity_id', 'version_id'])
    .where('entity_id', '=', entityId)
    .where('run', '=', run);
  if (page.afterId !== undefined) query = query.where('version_id', '>', page.afterId);
  const uses = await query.orderBy('version_id').limit(page.limit).execute();
  const versions: Version[] = [];
  for (const use of uses) {
    const row = await db
      .selectFrom('versions')
      .selectAll()
      .where('entity_id', '=', use.version_entity_id)
      .where('id', '=', use.version_id)
      .where('state', '!=', 'deleted')
      .executeTakeFirst();
    if (row) versions.push(toVersion(row));
  }
  return versions;
}

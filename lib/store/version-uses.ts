import type { Version } from '#lib/domain/artifact.ts';
import type { Db } from './connect.ts';
import type { RunKey } from './metric-chunks.ts';
import { toVersion } from './versions.ts';

/** Once per run and version, whatever it is used as. */
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

/** Once per run and version. */
export async function insertVersionOutput(db: Db, { entityId, run }: RunKey, versionId: number, nowMs: number): Promise<void> {
  await db
    .insertInto('version_outputs')
    .values({ entity_id: entityId, run, version_id: versionId, created_at: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The runs that use a version, under any entity, oldest first; with a limit the newest ones, newest first. */
export async function listUsersOfVersion(db: Db, versionId: number, { newest }: { newest?: number } = {}): Promise<RunKey[]> {
  const rows = await db
    .selectFrom('version_uses')
    .select(['entity_id', 'run'])
    .where('version_id', '=', versionId)
    .orderBy('created_at', newest === undefined ? 'asc' : 'desc')
    .$if(newest !== undefined, (query) => query.limit(newest!))
    .execute();
  return rows.map((row) => ({ entityId: row.entity_id, run: row.run }));
}

export type VersionPage = { limit: number; afterId?: number };

/** Committed versions that a run made, or logged again, oldest first. */
export async function listOutputsOfRun(db: Db, { entityId, run }: RunKey, page: VersionPage): Promise<Version[]> {
  let query = db
    .selectFrom('versions')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where(({ eb, or, selectFrom }) => {
      const again = selectFrom('version_outputs').select('version_id').where('entity_id', '=', entityId).where('run', '=', run);
      return or([eb('run', '=', run), eb('id', 'in', again)]);
    })
    .where('state', '=', 'committed');
  if (page.afterId !== undefined) query = query.where('id', '>', page.afterId);
  const rows = await query.orderBy('id').limit(page.limit).execute();
  return rows.map(toVersion);
}

/** Every version that a run made itself and that is still there. */
export async function listVersionsMadeBy(db: Db, { entityId, run }: RunKey): Promise<Version[]> {
  const rows = await db
    .selectFrom('versions')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('run', '=', run)
    .where('state', '!=', 'deleted')
    .execute();
  return rows.map(toVersion);
}

/** Versions that a run uses and that are still there, oldest first; their rows may lie under other entities. */
export async function listInputsOfRun(db: Db, { entityId, run }: RunKey, { limit, afterId = 0 }: VersionPage): Promise<Version[]> {
  const found: Version[] = [];
  for (let after = afterId; found.length < limit; ) {
    const uses = await db
      .selectFrom('version_uses')
      .select(['version_entity_id', 'version_id'])
      .where('entity_id', '=', entityId)
      .where('run', '=', run)
      .where('version_id', '>', after)
      .orderBy('version_id')
      .limit(limit)
      .execute();
    found.push(...(await findStillThere(db, uses)));
    if (uses.length < limit) break;
    after = uses.at(-1)!.version_id;
  }
  return found.slice(0, limit);
}

/** Of one entity after another: on Citus those of a run and those that it uses may lie on different nodes, which no join spans. */
async function findStillThere(db: Db, uses: readonly { version_entity_id: number; version_id: number }[]): Promise<Version[]> {
  const found: Version[] = [];
  for (const [entityId, own] of Map.groupBy(uses, (use) => use.version_entity_id)) {
    const ids = own.map((use) => use.version_id);
    const rows = await db
      .selectFrom('versions')
      .selectAll()
      .where('entity_id', '=', entityId)
      .where('id', 'in', ids)
      .where('state', '!=', 'deleted')
      .execute();
    found.push(...rows.map(toVersion));
  }
  return found.toSorted((a, b) => a.id - b.id);
}

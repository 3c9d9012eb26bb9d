import type { Version } from '#lib/domain/artifact.ts';
import { deleteMembership, listMembershipKeys } from './collection-versions.ts';
import type { Db } from './connect.ts';

/** Takes a version out of its collection and of every one it is linked to. Its row stays, marked: events name it. */
export async function deleteVersionRows(db: Db, version: Pick<Version, 'entityId' | 'id'>, nowMs: number): Promise<void> {
  for (const { versionIndex, ...key } of await listMembershipKeys(db, version.id)) await deleteMembership(db, key, versionIndex, nowMs);
  await db.deleteFrom('version_tags').where('entity_id', '=', version.entityId).where('version_id', '=', version.id).execute();
  await db
    .updateTable('versions')
    .set({ state: 'deleted', updated_at: nowMs })
    .where('entity_id', '=', version.entityId)
    .where('id', '=', version.id)
    .execute();
}

import type { Db } from './connect.ts';

/** Names alone: values are read by lib/secrets only. */
export async function listSecretNames(db: Db, entityId: number): Promise<string[]> {
  const rows = await db.selectFrom('secrets').select('name').where('entity_id', '=', entityId).orderBy('name').execute();
  return rows.map((row) => row.name);
}

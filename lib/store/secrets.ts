import { conflict } from '#lib/errors.ts';
import { type Db, isUniqueViolation } from './connect.ts';
import type { Database } from './schema.ts';

/** A secret as it may be shown: everything but its value. */
export type Secret = {
  entityId: number;
  id: number;
  name: string;
  createdById: number;
  createdAt: number;
  replacedAt: number | null;
  lastUsedAt: number | null;
  /** Until then the old value is live too. */
  overlapEndsAt: number | null;
};

const SHOWN = ['entity_id', 'id', 'name', 'created_by_id', 'created_at', 'replaced_at', 'last_used_at', 'overlap_ends_at'] as const;

const toSecret = (row: Pick<Database['secrets'], (typeof SHOWN)[number]>): Secret => ({
  entityId: row.entity_id,
  id: row.id,
  name: row.name,
  createdById: row.created_by_id,
  createdAt: row.created_at,
  replacedAt: row.replaced_at,
  lastUsedAt: row.last_used_at,
  overlapEndsAt: row.overlap_ends_at,
});

export type NewSecret = { entityId: number; id: number; name: string; sealed: string; createdById: number; createdAt: number };

/** Throws `conflict` where the name exists. */
export async function insertSecret(db: Db, draft: NewSecret): Promise<Secret> {
  const row = {
    entity_id: draft.entityId,
    id: draft.id,
    name: draft.name,
    source: 'store' as const,
    value: draft.sealed,
    old_value: null,
    overlap_ends_at: null,
    created_by_id: draft.createdById,
    created_at: draft.createdAt,
    replaced_at: null,
    last_used_at: null,
  };
  await db
    .insertInto('secrets')
    .values(row)
    .execute()
    .catch((error) => {
      if (!isUniqueViolation(error)) throw error;
      throw conflict(`There is a secret "${draft.name}" already. Replace its value instead.`, [
        { path: ['name'], message: 'This name is taken.' },
      ]);
    });
  return toSecret(row);
}

export async function findSecret(db: Db, entityId: number, name: string): Promise<Secret | null> {
  const row = await db.selectFrom('secrets').select(SHOWN).where('entity_id', '=', entityId).where('name', '=', name).executeTakeFirst();
  return row ? toSecret(row) : null;
}

export async function listSecrets(db: Db, entityId: number): Promise<Secret[]> {
  const rows = await db.selectFrom('secrets').select(SHOWN).where('entity_id', '=', entityId).orderBy('name').execute();
  return rows.map(toSecret);
}

/**
 * The value before stays as the old one while there is an overlap; without, it is forgotten at once. Replaced again while two are
 * live, the older stays: it is the one that receivers know, and that X-Wandb-Signature is made with.
 */
export async function replaceSecretValue(
  db: Db,
  entityId: number,
  name: string,
  change: { sealed: string; at: number; overlapEndsAt: number | null },
): Promise<void> {
  await db
    .updateTable('secrets')
    .set((eb) => ({
      old_value:
        change.overlapEndsAt === null
          ? null
          : eb.case().when('overlap_ends_at', '>', change.at).then(eb.ref('old_value')).else(eb.ref('value')).end(),
      value: change.sealed,
      overlap_ends_at: change.overlapEndsAt,
      replaced_at: change.at,
    }))
    .where('entity_id', '=', entityId)
    .where('name', '=', name)
    .execute();
}

/** Forgets the old value; false when there was none. */
export async function endOverlap(db: Db, entityId: number, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('secrets')
    .set({ old_value: null, overlap_ends_at: null })
    .where('entity_id', '=', entityId)
    .where('name', '=', name)
    .where('old_value', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** With the hosts that it was approved for. */
export async function deleteSecret(db: Db, entityId: number, name: string): Promise<void> {
  await db.deleteFrom('secret_hosts').where('entity_id', '=', entityId).where('secret_name', '=', name).execute();
  await db.deleteFrom('secrets').where('entity_id', '=', entityId).where('name', '=', name).execute();
}

/** Hosts that this secret was approved for. */
export async function listSecretHosts(db: Db, entityId: number, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('secret_hosts')
    .select('host')
    .where('entity_id', '=', entityId)
    .where('secret_name', '=', name)
    .execute();
  return rows.map((row) => row.host);
}

export async function insertSecretHost(
  db: Db,
  approval: { entityId: number; name: string; host: string; approvedById: number; at: number },
): Promise<void> {
  await db
    .insertInto('secret_hosts')
    .values({
      entity_id: approval.entityId,
      secret_name: approval.name,
      host: approval.host,
      approved_by_id: approval.approvedById,
      approved_at: approval.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

import type { Role } from '#lib/domain/permissions.ts';
import type { Db } from './connect.ts';
import { nextNumber } from './numbers.ts';
import type { Database } from './schema.ts';

export type Invite = {
  id: number;
  entityId: number;
  role: Role;
  note: string;
  createdById: number;
  createdAt: number;
  expiresAt: number;
  acceptedAt: number | null;
  revokedAt: number | null;
};

const toInvite = (row: Database['invites']): Invite => ({
  id: row.id,
  entityId: row.entity_id,
  role: row.role,
  note: row.note,
  createdById: row.created_by_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  acceptedAt: row.accepted_at,
  revokedAt: row.revoked_at,
});

export type NewInvite = Pick<Invite, 'entityId' | 'role' | 'note' | 'createdById' | 'createdAt' | 'expiresAt'> & { tokenHash: string };

export async function insertInvite(db: Db, draft: NewInvite): Promise<Invite> {
  const row = {
    id: await nextNumber(db, 'invite'),
    token_hash: draft.tokenHash,
    entity_id: draft.entityId,
    role: draft.role,
    note: draft.note,
    created_by_id: draft.createdById,
    created_at: draft.createdAt,
    expires_at: draft.expiresAt,
    accepted_at: null,
    accepted_by_id: null,
    revoked_at: null,
  };
  await db.insertInto('invites').values(row).execute();
  return toInvite(row);
}

/** Whatever has become of it: whether it may still be used, the caller judges. */
export async function findInviteByToken(db: Db, tokenHash: string): Promise<Invite | null> {
  const row = await db.selectFrom('invites').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  return row ? toInvite(row) : null;
}

/** Those that can still be used, newest first. */
export async function listOpenInvites(db: Db, entityId: number, now: number): Promise<Invite[]> {
  const rows = await db
    .selectFrom('invites')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toInvite);
}

/** True for one caller only: a link is used once. */
export async function acceptInvite(db: Db, id: number, userId: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invites')
    .set({ accepted_at: now, accepted_by_id: userId })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Answers the invite; null when there is no open one of this number in the entity. */
export async function revokeInvite(db: Db, entityId: number, id: number, now: number): Promise<Invite | null> {
  const row = await db
    .updateTable('invites')
    .set({ revoked_at: now })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ? toInvite(row) : null;
}

import type { User } from '#lib/domain/entity.ts';
import { foldName } from '#lib/domain/names.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, isUniqueViolation } from './connect.ts';
import { nextNumber } from './numbers.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export function toUser(row: Database['users']): User {
  return {
    id: row.id,
    entityId: row.entity_id,
    username: row.username,
    email: row.email,
    name: row.display_name,
    instanceAdmin: row.instance_admin === 1,
    serviceEntityId: row.service_entity_id,
    defaultEntityId: row.default_entity_id,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    deletedAt: row.deleted_at,
  };
}

const userById = prepared((db, given: { id: number }) => db.selectFrom('users').selectAll().where('id', '=', given.id));

export async function findUser(db: Db, id: number): Promise<User | null> {
  const [row] = (await userById(db, { id })).rows;
  return row ? toUser(row) : null;
}

/** Without case; deleted users are not found. */
export async function findUserByName(db: Db, username: string): Promise<User | null> {
  const row = await db
    .selectFrom('entities')
    .innerJoin('users', 'users.entity_id', 'entities.id')
    .selectAll('users')
    .where('entities.name_folded', '=', foldName(username))
    .where('users.deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

/** Without case; deleted users are not found. */
export async function findUserByEmail(db: Db, email: string): Promise<User | null> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('email_folded', '=', foldName(email))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

export async function listUsersByIds(db: Db, ids: readonly number[]): Promise<Map<number, User>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, toUser(row)]));
}

/** People and service accounts in order of their ids; gone ones left out. */
export async function listUsers(db: Db, page: { limit: number; afterId?: number }): Promise<User[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('deleted_at', 'is', null)
    .$if(page.afterId !== undefined, (query) => query.where('id', '>', page.afterId!))
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map(toUser);
}

export type NewUser = Pick<User, 'entityId' | 'username' | 'email' | 'instanceAdmin' | 'serviceEntityId' | 'createdAt'>;

export async function insertUser(db: Db, draft: NewUser): Promise<User> {
  if (draft.email && (await findUserByEmail(db, draft.email))) throw emailTaken();
  const id = await nextNumber(db, 'user');
  await db
    .insertInto('users')
    .values({
      id,
      entity_id: draft.entityId,
      username: draft.username,
      email: draft.email,
      email_folded: draft.email && foldName(draft.email),
      display_name: draft.username,
      instance_admin: draft.instanceAdmin ? 1 : 0,
      service_entity_id: draft.serviceEntityId,
      default_entity_id: null,
      created_at: draft.createdAt,
      disabled_at: null,
      deleted_at: null,
    })
    .execute()
    .catch(refuseEmail);
  return { id, ...draft, name: draft.username, defaultEntityId: null, disabledAt: null, deletedAt: null };
}

export type UserPatch = Partial<Pick<User, 'name' | 'email' | 'instanceAdmin' | 'disabledAt' | 'defaultEntityId'>>;

export async function updateUser(db: Db, id: number, patch: UserPatch): Promise<void> {
  const set: Partial<Database['users']> = {};
  if (patch.name !== undefined) set.display_name = patch.name;
  if (patch.instanceAdmin !== undefined) set.instance_admin = patch.instanceAdmin ? 1 : 0;
  if (patch.defaultEntityId !== undefined) set.default_entity_id = patch.defaultEntityId;
  if (patch.disabledAt !== undefined) set.disabled_at = patch.disabledAt;
  if (patch.email !== undefined) {
    const taken = patch.email === null ? null : await findUserByEmail(db, patch.email);
    if (taken && taken.id !== id) throw emailTaken();
    set.email = patch.email;
    set.email_folded = patch.email && foldName(patch.email);
  }
  if (Object.keys(set).length === 0) return;
  await db.updateTable('users').set(set).where('id', '=', id).execute().catch(refuseEmail);
}

/** Keeps the row for "ana (deleted)"; the e-mail is free again. */
export async function markUserDeleted(db: Db, id: number, at: number): Promise<void> {
  await db.updateTable('users').set({ deleted_at: at, instance_admin: 0, email: null, email_folded: null }).where('id', '=', id).execute();
}

/** Other people who can still sign in and administer the instance. */
export async function countOtherInstanceAdmins(db: Db, exceptId: number): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('instance_admin', '=', 1)
    .where('disabled_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where('id', '<>', exceptId)
    .executeTakeFirstOrThrow();
  return count;
}

const emailTaken = () =>
  conflict('Another account has this e-mail address.', [{ path: ['email'], message: 'Another account has this e-mail address.' }]);

function refuseEmail(error: unknown): never {
  throw isUniqueViolation(error) ? emailTaken() : error;
}

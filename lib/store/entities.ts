import type { Entity, Organization } from '#lib/domain/entity.ts';
import { foldName } from '#lib/domain/names.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, isUniqueViolation } from './connect.ts';
import { nextNumber } from './numbers.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export function toEntity(row: Database['entities']): Entity {
  return { id: row.id, kind: row.kind, name: row.name, organizationId: row.organization_id, createdAt: row.created_at };
}

const entitiesByIds = prepared((db, given: { ids: readonly number[] }) =>
  db.selectFrom('entities').selectAll().where('id', 'in', given.ids),
);

export async function findEntity(db: Db, id: number): Promise<Entity | null> {
  const [row] = (await entitiesByIds(db, { ids: [id] })).rows;
  return row ? toEntity(row) : null;
}

const entityByFoldedName = prepared((db, given: { folded: string }) =>
  db.selectFrom('entities').selectAll().where('name_folded', '=', given.folded),
);

/** By name, compared without case. */
export async function findEntityByName(db: Db, name: string): Promise<Entity | null> {
  const [row] = (await entityByFoldedName(db, { folded: foldName(name) })).rows;
  return row ? toEntity(row) : null;
}

export async function listEntitiesByIds(db: Db, ids: readonly number[]): Promise<Map<number, Entity>> {
  if (ids.length === 0) return new Map();
  const { rows } = await entitiesByIds(db, { ids: [...new Set(ids)] });
  return new Map(rows.map((row) => [row.id, toEntity(row)]));
}

export type NewEntity = { kind: Entity['kind']; name: string; organizationId: number | null; createdAt: number };

/** Refuses a name that any user, team or organization has. */
export async function insertEntity(db: Db, draft: NewEntity): Promise<Entity> {
  if (await findEntityByName(db, draft.name)) throw nameTaken(draft.name);
  const id = await nextNumber(db, 'entity');
  await db
    .insertInto('entities')
    .values({
      id,
      kind: draft.kind,
      name: draft.name,
      name_folded: foldName(draft.name),
      organization_id: draft.organizationId,
      created_at: draft.createdAt,
    })
    .execute()
    .catch((error) => {
      throw isUniqueViolation(error) ? nameTaken(draft.name) : error;
    });
  return { id, ...draft };
}

const nameTaken = (name: string) =>
  conflict(`The name "${name}" is taken by a user, team or organization. Choose another.`, [
    { path: ['name'], message: 'This name is taken.' },
  ]);

export async function insertOrganization(db: Db, displayName: string, createdAt: number): Promise<Organization> {
  const id = await nextNumber(db, 'organization');
  await db.insertInto('organizations').values({ id, display_name: displayName, created_at: createdAt }).execute();
  return { id, displayName, createdAt };
}

export async function updateOrganizationName(db: Db, id: number, displayName: string): Promise<void> {
  await db.updateTable('organizations').set({ display_name: displayName }).where('id', '=', id).execute();
}

const organizationById = prepared((db, given: { id: number }) => db.selectFrom('organizations').selectAll().where('id', '=', given.id));

export async function findOrganization(db: Db, id: number): Promise<Organization | null> {
  const [row] = (await organizationById(db, { id })).rows;
  return row ? { id: row.id, displayName: row.display_name, createdAt: row.created_at } : null;
}

const entityOfOrganization = prepared((db, given: { organizationId: number }) =>
  db.selectFrom('entities').selectAll().where('organization_id', '=', given.organizationId).where('kind', '=', 'organization'),
);

/** The entity under whose name an organization owns its registries. */
export async function findOrganizationEntity(db: Db, organizationId: number): Promise<Entity | null> {
  const [row] = (await entityOfOrganization(db, { organizationId })).rows;
  return row ? toEntity(row) : null;
}

/** Of one organization or of all, by name. */
export async function listTeams(db: Db, organizationId?: number): Promise<Entity[]> {
  const rows = await db
    .selectFrom('entities')
    .selectAll()
    .where('kind', '=', 'team')
    .$if(organizationId !== undefined, (query) => query.where('organization_id', '=', organizationId!))
    .orderBy('name_folded')
    .execute();
  return rows.map(toEntity);
}

/** The row stays for the names in history; the name itself is free again. */
export async function retireEntity(db: Db, entity: Entity): Promise<void> {
  await db
    .updateTable('entities')
    .set({ name_folded: `~${entity.id}`, organization_id: null })
    .where('id', '=', entity.id)
    .execute();
}

/** Others who lock the same entity wait for the end of this transaction. */
export async function lockEntity(db: Db, id: number): Promise<void> {
  await db
    .updateTable('entities')
    .set((eb) => ({ created_at: eb.ref('created_at') }))
    .where('id', '=', id)
    .execute();
}

/** The entities of all organizations. */
export async function listOrganizationEntities(db: Db): Promise<Entity[]> {
  const rows = await db
    .selectFrom('entities')
    .selectAll()
    .where('kind', '=', 'organization')
    .where('organization_id', 'is not', null)
    .orderBy('name_folded')
    .execute();
  return rows.map(toEntity);
}

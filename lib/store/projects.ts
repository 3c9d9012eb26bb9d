import type { Selectable } from 'kysely';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { Project } from '#lib/domain/project.ts';
import type { Place } from '#lib/domain/scope.ts';
import { lostRace } from '#lib/errors.ts';
import { type Db, inTransaction, isUniqueViolation } from './connect.ts';
import { nextNumber } from './numbers.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export type NewProject = Omit<Project, 'id' | 'createdAt' | 'updatedAt'>;

/** Throws `conflict` where the name exists. */
export async function insertProject(db: Db, project: NewProject, nowMs: number): Promise<Project> {
  return inTransaction(db, async (tx) => {
    const made: Project = { ...project, id: await nextNumber(tx, 'project'), createdAt: nowMs, updatedAt: nowMs };
    await tx
      .insertInto('projects')
      .values({
        entity_id: made.entityId,
        id: made.id,
        kind: made.kind,
        ...toColumns(made),
        created_by_id: made.createdById,
        created_at: nowMs,
      })
      .execute()
      .catch((error) => refuseTakenName(error, made));
    return made;
  });
}

/** False when it is gone. Throws `conflict` where the new name exists. */
export async function updateProject(db: Db, project: Project, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('projects')
    .set(toColumns({ ...project, updatedAt: nowMs }))
    .where('entity_id', '=', project.entityId)
    .where('id', '=', project.id)
    .executeTakeFirst()
    .catch((error) => refuseTakenName(error, project));
  return numUpdatedRows > 0n;
}

function refuseTakenName(error: unknown, { kind, name }: Pick<Project, 'kind' | 'name'>): never {
  const shown = kind === 'registry' ? name.slice(REGISTRY_PROJECT_PREFIX.length) : name;
  if (isUniqueViolation(error)) throw lostRace(`There is already a ${kind} named "${shown}" here. Choose another name.`);
  throw error;
}

const projectByName = prepared((db, given: { entityId: number; name: string }) =>
  db.selectFrom('projects').selectAll().where('entity_id', '=', given.entityId).where('name', '=', given.name),
);

export async function findProject(db: Db, entityId: number, name: string): Promise<Project | null> {
  const [row] = (await projectByName(db, { entityId, name })).rows;
  return row ? toProject(row) : null;
}

export async function findProjectById(db: Db, entityId: number, id: number): Promise<Project | null> {
  const row = await db.selectFrom('projects').selectAll().where('entity_id', '=', entityId).where('id', '=', id).executeTakeFirst();
  return row ? toProject(row) : null;
}

/** By its number alone, for the client's ids, which do not name the entity. */
export async function findProjectByNumber(db: Db, id: number): Promise<Project | null> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toProject(row) : null;
}

export async function listProjectsByIds(db: Db, refs: readonly { entityId: number; id: number }[]): Promise<Map<number, Project>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('projects')
    .selectAll()
    .where('entity_id', 'in', [...new Set(refs.map(({ entityId }) => entityId))])
    .where('id', 'in', [...new Set(refs.map(({ id }) => id))])
    .execute();
  return new Map(rows.map((row) => [row.id, toProject(row)]));
}

const firstProjects = prepared((db, given: { entityIds: readonly number[]; kind: Project['kind']; limit: number }) =>
  db
    .selectFrom('projects')
    .selectAll()
    .where('entity_id', 'in', given.entityIds)
    .where('kind', '=', given.kind)
    .orderBy('name')
    .orderBy('id')
    .limit(given.limit),
);

/** Projects or registries of some entities by name; `after` is the last one of the page before. */
export async function listProjects(
  db: Db,
  filter: { entityIds: readonly number[]; kind: Project['kind']; withoutIds?: readonly number[] },
  page: { limit: number; after?: { name: string; id: number } },
): Promise<Project[]> {
  const { entityIds, kind } = filter;
  const { after, limit } = page;
  if (entityIds.length === 0) return [];
  if (!after && !filter.withoutIds?.length) return (await firstProjects(db, { entityIds, kind, limit })).rows.map(toProject);
  let query = db
    .selectFrom('projects')
    .selectAll()
    .where('entity_id', 'in', [...entityIds])
    .where('kind', '=', kind);
  if (after) query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('name', 'id'), '>', tuple(after.name, after.id)));
  if (filter.withoutIds?.length) query = query.where('id', 'not in', [...filter.withoutIds]);
  const rows = await query.orderBy('name').orderBy('id').limit(limit).execute();
  return rows.map(toProject);
}

/** Projects and registries of some entities, oldest first; `after` is the number of the last one of the page before. */
export async function listProjectsByAge(db: Db, entityIds: readonly number[], page: { limit: number; after?: number }): Promise<Project[]> {
  if (entityIds.length === 0) return [];
  let query = db
    .selectFrom('projects')
    .selectAll()
    .where('entity_id', 'in', [...entityIds]);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  const rows = await query.orderBy('id').limit(page.limit).execute();
  return rows.map(toProject);
}

const selectPlaces = (db: Db) =>
  db
    .selectFrom('projects as project')
    .innerJoin('entities as entity', 'entity.id', 'project.entity_id')
    .leftJoin('entities as organization', (join) =>
      join.onRef('organization.organization_id', '=', 'entity.organization_id').on('organization.kind', '=', 'organization'),
    )
    .select([
      'project.id',
      'project.name',
      'project.kind',
      'project.artifact_types',
      'entity.name as entity',
      'organization.id as organization_entity_id',
      'organization.name as organization',
    ]);
const placeById = prepared((db, given: { entityId: number; id: number }) =>
  selectPlaces(db).where('project.entity_id', '=', given.entityId).where('project.id', '=', given.id),
);
const placeByName = prepared((db, given: { entityId: number; name: string }) =>
  selectPlaces(db).where('project.entity_id', '=', given.entityId).where('project.name', '=', given.name),
);

/** A project with the names of what contains it: where its events happen. */
export async function findPlace(
  db: Db,
  entityId: number,
  project: string | number,
): Promise<(Place & { artifactTypes: string[] | null }) | null> {
  const found = typeof project === 'number' ? placeById(db, { entityId, id: project }) : placeByName(db, { entityId, name: project });
  const [row] = (await found).rows;
  if (!row) return null;
  return {
    entityId,
    entity: row.entity,
    ...(row.organization_entity_id !== null && { organizationEntityId: row.organization_entity_id, organization: row.organization! }),
    projectId: row.id,
    project: row.name,
    isRegistry: row.kind === 'registry',
    artifactTypes: row.artifact_types === null ? null : (JSON.parse(row.artifact_types) as string[]),
  };
}

const toColumns = (project: Omit<Project, 'id'>) => ({
  name: project.name,
  description: project.description,
  visibility: project.visibility,
  artifact_types: project.artifactTypes && JSON.stringify(project.artifactTypes),
  updated_at: project.updatedAt,
});

const toProject = (row: Selectable<Database['projects']>): Project => ({
  entityId: row.entity_id,
  id: row.id,
  kind: row.kind,
  name: row.name,
  description: row.description,
  visibility: row.visibility,
  artifactTypes: row.artifact_types === null ? null : (JSON.parse(row.artifact_types) as string[]),
  createdById: row.created_by_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

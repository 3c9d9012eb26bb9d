import type { Db } from './connect.ts';

type Ref = { entityId: number; id: number };
export type PlaceNames = { entities: Map<number, string>; projects: Map<number, string>; collections: Map<number, string> };

/** The names behind ids, for a page of a list. */
export async function listNamesOfPlaces(
  db: Db,
  wanted: { entityIds: readonly number[]; projects: readonly Ref[]; collections: readonly Ref[] },
): Promise<PlaceNames> {
  const [entities, projects, collections] = await Promise.all([
    wanted.entityIds.length ? db.selectFrom('entities').select(['id', 'name']).where('id', 'in', unique(wanted.entityIds)).execute() : [],
    namesIn(db, 'projects', wanted.projects),
    namesIn(db, 'collections', wanted.collections),
  ]);
  return { entities: toMap(entities), projects: toMap(projects), collections: toMap(collections) };
}

async function namesIn(db: Db, table: 'projects' | 'collections', refs: readonly Ref[]) {
  if (refs.length === 0) return [];
  return db
    .selectFrom(table)
    .select(['id', 'name'])
    .where('entity_id', 'in', unique(refs.map(({ entityId }) => entityId)))
    .where('id', 'in', unique(refs.map(({ id }) => id)))
    .execute();
}

const unique = (ids: readonly number[]) => [...new Set(ids)];
const toMap = (rows: { id: number; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));

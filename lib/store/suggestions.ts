import { type RawBuilder, sql } from 'kysely';
import type { Db } from './connect.ts';

/** What is looked in: some projects of one entity. */
export type SuggestionScope = { entityId: number; projectIds?: readonly number[]; collectionId?: number };

const SCANNED = 2000;

/** Distinct values of a kind that contain the text, in order; tags and configs are read from the newest 2,000 rows. */
export async function listSuggestions(db: Db, scope: SuggestionScope, kind: SuggestionKind, q: string, limit: number): Promise<string[]> {
  if (scope.projectIds?.length === 0) return [];
  const inProjects = scope.projectIds ? sql`and project_id in (${sql.join([...scope.projectIds])})` : sql``;
  const inCollection = scope.collectionId === undefined ? sql`` : sql`and collection_id = ${scope.collectionId}`;
  const collections = sql`(select id from collections where entity_id = ${scope.entityId} ${inProjects})`;
  const versions = sql`(select version_id from collection_versions where entity_id = ${scope.entityId} and collection_id in ${collections} ${inCollection})`;
  const sources: Record<SuggestionKind, RawBuilder<{ value: string }>> = {
    metric: sql`select distinct metric as value from project_metrics where entity_id = ${scope.entityId} ${inProjects}`,
    alias: sql`select distinct alias as value from aliases where entity_id = ${scope.entityId} and collection_id in ${collections} ${inCollection}`,
    tag: sql`select distinct tag as value from version_tags where version_id in ${versions}`,
    collectionTag: sql`select distinct tag as value from collection_tags where entity_id = ${scope.entityId} and collection_id in ${collections} ${inCollection}`,
    collection: sql`select distinct name as value from collections where entity_id = ${scope.entityId} ${inProjects}`,
    artifactType: sql`select distinct type as value from collections where entity_id = ${scope.entityId} ${inProjects}`,
    user: sql`select distinct user_name as value from runs where entity_id = ${scope.entityId} ${inProjects} and user_name is not null`,
    runName: sql`select name as value from runs where entity_id = ${scope.entityId} ${inProjects}`,
    group: sql`select distinct run_group as value from runs where entity_id = ${scope.entityId} ${inProjects} and run_group is not null`,
    jobType: sql`select distinct job_type as value from runs where entity_id = ${scope.entityId} ${inProjects} and job_type is not null`,
  };
  const pattern = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ value: string }>`select distinct value from (${sources[kind]}) as found
    where lower(value) like ${pattern} escape '\\' order by value limit ${limit}`.execute(db);
  return rows.map((row) => row.value);
}

export type SuggestionKind =
  | 'metric'
  | 'alias'
  | 'tag'
  | 'collectionTag'
  | 'collection'
  | 'artifactType'
  | 'user'
  | 'runName'
  | 'group'
  | 'jobType';

/** Tags, configs or metadata of the newest rows, for what only JSON holds. */
export async function listNewestJson(db: Db, scope: SuggestionScope, kind: 'runTags' | 'runConfig' | 'metadata'): Promise<string[]> {
  if (scope.projectIds?.length === 0) return [];
  const inProjects = scope.projectIds ? sql`and project_id in (${sql.join([...scope.projectIds])})` : sql``;
  const column = { runTags: 'tags', runConfig: 'config', metadata: 'metadata' }[kind];
  const table = kind === 'metadata' ? 'versions' : 'runs';
  const { rows } = await sql<{ value: string }>`select ${sql.ref(column)} as value from ${sql.table(table)}
    where entity_id = ${scope.entityId} ${inProjects} order by id desc limit ${SCANNED}`.execute(db);
  return rows.map((row) => row.value);
}

import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { containsText } from './like.ts';
import type { Seen } from './seen.ts';

/** At most `each` of every kind whose name contains the text; executions by the beginning of their id. Newest or first by name. */
export async function findByText(db: Db, { entityIds, hiddenProjectIds }: Seen, text: string, each: number) {
  const ids = entityIds.length ? [...entityIds] : [-1];
  const hidden = hiddenProjectIds.length ? [...hiddenProjectIds] : [-1];
  const lower = (column: string) => sql<string>`lower(${sql.ref(column)})`;
  const [automations, projects, collections, runs, executions] = await Promise.all([
    db
      .selectFrom('automations as a')
      .leftJoin('projects as p', (join) => join.onRef('p.entity_id', '=', 'a.entity_id').onRef('p.id', '=', 'a.project_id'))
      .select(['a.id', 'a.entity_id as entityId', 'a.name', 'p.name as project', 'p.kind'])
      .where('a.entity_id', 'in', ids)
      .where((eb) => eb.or([eb('a.project_id', 'is', null), eb('a.project_id', 'not in', hidden)]))
      .where(containsText(lower('a.name'), text))
      .orderBy('a.id', 'desc')
      .limit(each)
      .execute(),
    db
      .selectFrom('projects as p')
      .select(['p.entity_id as entityId', 'p.name', 'p.kind'])
      .where('p.entity_id', 'in', ids)
      .where('p.id', 'not in', hidden)
      .where(containsText(lower('p.name'), text))
      .orderBy('p.name')
      .limit(each)
      .execute(),
    db
      .selectFrom('collections as c')
      .innerJoin('projects as p', (join) => join.onRef('p.entity_id', '=', 'c.entity_id').onRef('p.id', '=', 'c.project_id'))
      .select(['c.entity_id as entityId', 'c.name', 'c.type', 'p.name as project', 'p.kind'])
      .where('c.entity_id', 'in', ids)
      .where('c.project_id', 'not in', hidden)
      .where(containsText(lower('c.name'), text))
      .orderBy('c.name')
      .limit(each)
      .execute(),
    db
      .selectFrom('runs as r')
      .innerJoin('projects as p', (join) => join.onRef('p.entity_id', '=', 'r.entity_id').onRef('p.id', '=', 'r.project_id'))
      .select(['r.entity_id as entityId', 'r.run_id as runId', 'r.name', 'p.name as project'])
      .where('r.entity_id', 'in', ids)
      .where(containsText(lower('r.name'), text))
      .orderBy('r.id', 'desc')
      .limit(each)
      .execute(),
    text.startsWith('exe_')
      ? db
          .selectFrom('executions as e')
          .select(['e.id', 'e.automation_name as automation'])
          .where('e.entity_id', 'in', ids)
          .where('e.project_id', 'not in', hidden)
          .where('e.id', '>=', text)
          .where('e.id', '<', `${text}~`)
          .limit(each)
          .execute()
      : [],
  ]);
  return {
    automations,
    projects,
    collections: collections.map((row) => ({ ...row, isRegistry: row.kind === 'registry' })),
    runs,
    executions,
  };
}

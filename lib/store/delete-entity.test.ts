import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { TENANT_TABLES } from './delete-entity.ts';
import { openTestStore } from './testing.ts';

const KEPT = ['audit'];
/** Rows about an entity's people, which go with the people. */
const OF_USERS = ['users'];

test('deleting an entity forgets no table that holds rows of it', async () => {
  const store = await openTestStore();
  const { rows } = await sql<{ name: string }>`
    select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'entity_id' where m.type = 'table'`.execute(store.db);
  await store.close();
  expect(rows.map((row) => row.name).toSorted()).toEqual([...TENANT_TABLES, ...KEPT, ...OF_USERS].toSorted());
});

import { Client } from 'pg';
import { expect, inject, test } from 'vitest';

test('the PostgreSQL of the test run answers and is version 18', async () => {
  const postgres = inject('postgres');
  if (postgres.kind === 'missing') throw new Error(postgres.reason);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  expect(rows[0].server_version).toMatch(/^18/);
});

import type { TestProject } from 'vitest/node';
import { prepareTemplate } from '#lib/store/testing-databases.ts';
import { startTestPostgres } from './postgres.ts';

/** Where the store suites find PostgreSQL, or why they cannot. */
export type PostgresForTests = { kind: 'running'; url: string } | { kind: 'missing'; reason: string };

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresForTests;
  }
}

/** One cluster for the whole run: the one that `npm test` started, or our own. */
export default async function setup(project: TestProject): Promise<undefined | (() => Promise<void>)> {
  const given = process.env.TEST_POSTGRES_URL;
  const postgres = given ? { url: given, stop: async () => {} } : await startTestPostgres().catch((error: Error) => error);
  if (postgres instanceof Error) {
    console.error(`\nPOSTGRESQL DID NOT START; its store tests do not run: ${postgres.message}\n`);
    project.provide('postgres', { kind: 'missing', reason: postgres.message });
    return;
  }
  await prepareTemplate(postgres.url);
  project.provide('postgres', { kind: 'running', url: postgres.url });
  return postgres.stop;
}

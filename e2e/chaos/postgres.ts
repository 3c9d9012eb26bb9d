import { startTestPostgres, type TestPostgres } from '../../scripts/test/postgres.ts';

/** The cluster that `npm test` started, or one of our own. */
export async function postgresForTests(): Promise<Pick<TestPostgres, 'url' | 'stop'>> {
  const given = process.env.TEST_POSTGRES_URL;
  return given === undefined ? startTestPostgres() : { url: given, stop: async () => {} };
}

import { expect, test } from 'vitest';
import { inTransaction } from './connect.ts';
import { openStoredFiles } from './stored-files.ts';
import { describeStores } from './testing.ts';

const digestOf = (n: number) => Buffer.from(`content-${n}`).toString('base64');

describeStores('stored files', (makeStore) => {
  test('versions with the same files, named in other orders, are begun at once without waiting for each other in a circle', async () => {
    const { db } = await makeStore();
    const digests = Array.from({ length: 5000 }, (_, n) => digestOf(n));
    const begin = (own: readonly string[]) => inTransaction(db, (tx) => openStoredFiles(tx, 7, own, 0));
    await Promise.all([begin(digests), begin(digests.toReversed())]);
    const { n } = await db
      .selectFrom('stored_files')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(Number(n)).toBe(5000);
  });
});

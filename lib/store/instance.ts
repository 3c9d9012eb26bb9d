import type { Db } from './connect.ts';

/** One fact about the whole instance, such as the check value of its key; undefined in an empty store. */
export async function findInstanceValue(db: Db, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('instance').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Keeps the first value: of two processes that start at once, one wins. Gives the value that stands. */
export async function insertInstanceValue(db: Db, key: string, value: string): Promise<string> {
  await db
    .insertInto('instance')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await findInstanceValue(db, key))!;
}

/** Does nothing where the key is missing. */
export async function replaceInstanceValue(db: Db, key: string, value: string): Promise<void> {
  await db.updateTable('instance').set({ value }).where('key', '=', key).execute();
}

/** Writes it whether or not it is there. */
export async function putInstanceValue(db: Db, key: string, value: string): Promise<void> {
  await db
    .insertInto('instance')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** True for exactly one caller, ever; who comes second waits for the first and finds it taken. */
export async function claimInstanceValue(db: Db, key: string, value: string): Promise<boolean> {
  const row = await db
    .insertInto('instance')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  return row !== undefined;
}

/** Others who lock the instance wait for the end of this transaction. */
export async function lockInstance(db: Db): Promise<void> {
  await db
    .updateTable('instance')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('key', '=', 'set_up')
    .execute();
}

import { KEY_CHECK, type Runtime } from '#lib/runtime/create-runtime.ts';
import { findInstanceValue, replaceInstanceValue } from '#lib/store/instance.ts';

const BATCH = 200;

/**
 * After a start with a new HOOKLINE_MASTER_KEY: wraps every data key anew while everything runs, then lets the store
 * know the new key, from when on the previous one is not needed. Answers how many keys were wrapped anew.
 */
export async function rotateInstanceKey({ platform, keys, log }: Pick<Runtime, 'platform' | 'keys' | 'log'>): Promise<number> {
  const { db, vault } = platform;
  let rewrapped = 0;
  for (let left = 1; left > 0; ) {
    const step = await db.transaction().execute((tx) => vault.rewrap(tx, BATCH));
    rewrapped += step.rewrapped;
    left = step.rewrapped > 0 ? step.left : 0;
  }
  if ((await findInstanceValue(db, KEY_CHECK)) === keys.check) return rewrapped;
  await replaceInstanceValue(db, KEY_CHECK, keys.check);
  log.info({ dataKeys: rewrapped }, 'the instance key was rotated: HOOKLINE_MASTER_KEY_PREVIOUS is not needed any more');
  return rewrapped;
}

import { type InstanceKeys, keyName, newDataKey, unwrapDataKey, type WrappedKey, wrapDataKey } from './instance-keys.ts';
import { createRecent } from './recent.ts';
import { open, seal } from './seal.ts';

/** Where wrapped data keys are kept. `db` is a connection or the caller's transaction. */
export type DataKeyStore<Db> = {
  find: (db: Db, entityId: number) => Promise<WrappedKey | null>;
  /** Keeps the first one when two make a key at once; answers the one that is kept. */
  insert: (db: Db, entityId: number, key: WrappedKey) => Promise<WrappedKey>;
  replace: (db: Db, entityId: number, before: WrappedKey, after: WrappedKey) => Promise<void>;
  /** Some that another key than this wrapped. */
  listWrappedByOthers: (db: Db, wrappedBy: string, limit: number) => Promise<(WrappedKey & { entityId: number })[]>;
  countWrappedByOthers: (db: Db, wrappedBy: string) => Promise<number>;
};

/** Seals and opens the values of one entity. Reading is for senders and for the use cases that set, replace or test a secret. */
export type Vault<Db> = {
  seal: (db: Db, entityId: number, label: string, value: string) => Promise<string>;
  open: (db: Db, entityId: number, label: string, sealed: string) => Promise<string>;
  /** Wraps some of the data keys that an older instance key wrapped; values stay as they are. */
  rewrap: (db: Db, limit: number) => Promise<{ rewrapped: number; left: number }>;
  currentKeyName: string;
};

const KEYS_REMEMBERED = 1000;
/** Deliveries come by the thousand a second, with the same few secrets: each is opened once a minute. */
const OPENED_REMEMBERED = 500;
const OPENED_FOR_MS = 60_000;

export function createVault<Db>(instanceKeys: InstanceKeys, store: DataKeyStore<Db>): Vault<Db> {
  const currentKeyName = keyName(instanceKeys.current);
  // By its wrapped form: a key made in a transaction that was rolled back is never found here again.
  const unwrapped = new Map<string, Buffer>();

  // What is read from the store at each attempt is the sealed form; the same form opens to the same value.
  const opened = createRecent<string>(OPENED_REMEMBERED, OPENED_FOR_MS);

  function unwrap(entityId: number, key: WrappedKey): Buffer {
    const known = unwrapped.get(key.wrapped);
    if (known) return known;
    const dataKey = unwrapDataKey(instanceKeys, entityId, key);
    if (unwrapped.size >= KEYS_REMEMBERED) unwrapped.clear();
    unwrapped.set(key.wrapped, dataKey);
    return dataKey;
  }

  return {
    currentKeyName,
    async seal(db, entityId, label, value) {
      const key = (await store.find(db, entityId)) ?? (await store.insert(db, entityId, newDataKey(instanceKeys, entityId)));
      return seal(unwrap(entityId, key), `${entityId}:${label}`, Buffer.from(value, 'utf8'));
    },
    async open(db, entityId, label, sealed) {
      const name = `${entityId}:${label}`;
      const known = opened.get(`${name} ${sealed}`);
      if (known !== undefined) return known;
      const key = await store.find(db, entityId);
      if (!key) throw new Error(`Entity ${entityId} has no data key`);
      const value = open(unwrap(entityId, key), name, sealed).toString('utf8');
      opened.set(`${name} ${sealed}`, value);
      return value;
    },
    async rewrap(db, limit) {
      const old = await store.listWrappedByOthers(db, currentKeyName, limit);
      for (const key of old) {
        await store.replace(db, key.entityId, key, wrapDataKey(instanceKeys, key.entityId, unwrap(key.entityId, key)));
      }
      return { rewrapped: old.length, left: await store.countWrappedByOthers(db, currentKeyName) };
    },
  };
}

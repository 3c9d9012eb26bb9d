import type { Actor } from '#lib/domain/permissions.ts';
import { findApiKeyOwner, touchApiKeys } from '#lib/store/api-keys.ts';
import { type Db, inTransaction } from '#lib/store/connect.ts';
import { hashApiKey } from './api-key.ts';
import { createShortMemory } from './short-memory.ts';

/** Removed keys stop working within 5 s in every process; this leaves room for requests under way. */
const REMEMBERED_MS = 3000;

export type ApiKeyActors = {
  /** Whose key it is; null when it is nobody's. */
  actorOf: (key: string) => Promise<Actor | null>;
  /** Writes the last uses that gathered; from time to time and at the end. What cannot be written now is kept for the next time. */
  flush: () => Promise<void>;
  forget: () => void;
};

/** Keys are asked thousands of times a second and used in bursts: found once in a while, last used written in batches. */
export function createApiKeyActors(db: Db, now: () => number): ApiKeyActors {
  const known = createShortMemory<Actor | null>(REMEMBERED_MS, now);
  let used = new Map<number, number>();

  return {
    async actorOf(key) {
      const hash = hashApiKey(key);
      const actor = await known.get(hash, async () => {
        const owner = await findApiKeyOwner(db, hash, now());
        if (!owner) return null;
        const { keyId, user } = owner;
        return {
          kind: 'api_key',
          userId: user.id,
          username: user.username,
          instanceAdmin: user.instanceAdmin,
          keyId: String(keyId),
          serviceAccount: user.serviceEntityId !== null,
        };
      });
      if (actor?.kind === 'api_key') used.set(Number(actor.keyId), now());
      return actor;
    },
    async flush() {
      if (used.size === 0) return;
      const batch = used;
      used = new Map();
      try {
        await inTransaction(db, (tx) => touchApiKeys(tx, batch));
      } catch (error) {
        used = new Map([...batch, ...used]);
        throw error;
      }
    },
    forget: known.clear,
  };
}

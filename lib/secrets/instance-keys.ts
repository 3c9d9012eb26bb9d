import { createHash, randomBytes } from 'node:crypto';
import { open, seal } from './seal.ts';

const DATA_KEY_BYTES = 32;

/** The key that wraps every entity's data key, and those it replaced, which still open. */
export type InstanceKeys = { current: Buffer; previous: readonly Buffer[] };

export type WrappedKey = { wrapped: string; wrappedBy: string };

/** Names a key without telling anything about it. */
export const keyName = (key: Buffer) => createHash('sha256').update('hookline/key-name/').update(key).digest('hex').slice(0, 16);

export function newDataKey(keys: InstanceKeys, entityId: number): WrappedKey {
  return wrapDataKey(keys, entityId, randomBytes(DATA_KEY_BYTES));
}

export function wrapDataKey(keys: InstanceKeys, entityId: number, dataKey: Buffer): WrappedKey {
  return { wrapped: seal(keys.current, labelOf(entityId), dataKey), wrappedBy: keyName(keys.current) };
}

export function unwrapDataKey(keys: InstanceKeys, entityId: number, { wrapped, wrappedBy }: WrappedKey): Buffer {
  const key = [keys.current, ...keys.previous].find((candidate) => keyName(candidate) === wrappedBy);
  if (!key) throw new Error(`The data key of entity ${entityId} was wrapped by a key that this process does not have`);
  return open(key, labelOf(entityId), wrapped);
}

const labelOf = (entityId: number) => `data-key:${entityId}`;

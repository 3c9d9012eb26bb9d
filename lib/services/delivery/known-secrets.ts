import { isStoreUnavailable } from '#lib/store/connect.ts';
import { findAllSealedSecrets } from '#lib/store/sealed-targets.ts';
import type { Platform } from '../context.ts';
import { secretLabel } from './sealed-labels.ts';

type Parts = Pick<Platform, 'vault' | 'now' | 'reader'>;

/** What an entity's secrets are, by their sealed form, and what they were. `values` stays the same list while they do. */
type Known = { readAt: number; opened: ReadonlyMap<string, string>; seenAt: ReadonlyMap<string, number>; values: readonly string[] };
type Memory = { known: Known; reading: Promise<Known> | null };

const READ_EVERY_MS = 5000;
/** A value that was replaced or deleted may come back as long as what was sent with it is tried: a week at most. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;
const MOST_VALUES = 1000;
const MOST_ENTITIES = 1000;
const NOTHING: Known = { readAt: Number.NEGATIVE_INFINITY, opened: new Map(), seenAt: new Map(), values: [] };

/** Of this process alone, and in its memory only. */
const memories = new WeakMap<object, Map<number, Memory>>();

/**
 * Every value that an entity's secrets have, and those that they had while this process knew of them, for masking what comes
 * back; at most five seconds old, so that one delivery in many looks.
 */
export async function knownSecrets(parts: Parts, entityId: number): Promise<readonly string[]> {
  const entities = memories.get(parts.vault) ?? new Map<number, Memory>();
  memories.set(parts.vault, entities);
  if (entities.size >= MOST_ENTITIES && !entities.has(entityId)) entities.clear();
  const memory = entities.get(entityId) ?? { known: NOTHING, reading: null };
  entities.set(entityId, memory);
  const age = parts.now() - memory.known.readAt;
  if (age >= 0 && age < READ_EVERY_MS) return memory.known.values;
  memory.reading ??= read(parts, entityId, memory.known).finally(() => {
    memory.reading = null;
  });
  memory.known = await memory.reading;
  return memory.known.values;
}

async function read(parts: Parts, entityId: number, before: Known): Promise<Known> {
  const readAt = parts.now();
  const opened = await openAll(parts, entityId, before.opened);
  const seenAt = new Map([...before.seenAt].filter(([, at]) => readAt - at < REMEMBERED_MS));
  for (const value of opened.values()) {
    seenAt.delete(value); // those of now stand last, and stay where there are too many
    seenAt.set(value, readAt);
  }
  const values = [...seenAt.keys()].slice(-MOST_VALUES);
  return { readAt, opened, seenAt, values: isSame(before.values, values) ? before.values : values };
}

async function openAll(parts: Parts, entityId: number, known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const { id, value, oldValue } of await findAllSealedSecrets(parts.reader, entityId)) {
    for (const sealed of [oldValue, value]) {
      const plain = sealed === null ? null : (known.get(sealed) ?? (await openIfWhole(parts, entityId, id, sealed)));
      if (plain !== null) opened.set(sealed!, plain);
    }
  }
  return opened;
}

/** Null for a damaged one: what nobody can send needs no mask, and must not stop deliveries that have no use for it. */
async function openIfWhole({ vault, reader }: Parts, entityId: number, id: number, sealed: string): Promise<string | null> {
  try {
    return await vault.open(reader, entityId, secretLabel(id), sealed);
  } catch (error) {
    if (isStoreUnavailable(error)) throw error;
    return null;
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const own = new Set(some);
  return some.length === others.length && others.every((value) => own.has(value));
}

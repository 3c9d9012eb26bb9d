const MAX_ENTRIES = 10_000;

export type ShortMemory<Value> = {
  get: (key: string, find: () => Promise<Value>) => Promise<Value>;
  delete: (key: string) => void;
  clear: () => void;
};

/** Remembers answers for a few seconds, and lets those who ask at the same time share one question. */
export function createShortMemory<Value>(rememberedMs: number, now: () => number): ShortMemory<Value> {
  const entries = new Map<string, { since: number; value: Promise<Value> }>();
  return {
    get(key, find) {
      const entry = entries.get(key);
      const age = entry && now() - entry.since; // below zero once the clock was moved back
      if (age !== undefined && age >= 0 && age < rememberedMs) return entry!.value;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      const value = find();
      entries.set(key, { since: now(), value });
      value.catch(() => entries.delete(key)); // a failure is nobody's answer
      return value;
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

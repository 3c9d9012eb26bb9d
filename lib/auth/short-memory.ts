const MAX_ENTRIES = 10_000;

export type ShortMemory<Value> = {
  get: (key: string, find: () => Promise<Value>) => Promise<Value>;
  delete: (key: string) => void;
  clear: () => void;
};

/** Remembers answers for a few seconds, and lets those who ask at the same time share one question. */
export function createShortMemory<Value>(rememberedMs: number, now: () => number): ShortMemory<Value> {
  const entries = new Map<string, { until: number; value: Promise<Value> }>();
  return {
    get(key, find) {
      const entry = entries.get(key);
      if (entry && entry.until > now()) return entry.value;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      const value = find();
      entries.set(key, { until: now() + rememberedMs, value });
      value.catch(() => entries.delete(key)); // a failure is nobody's answer
      return value;
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

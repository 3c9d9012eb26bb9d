/** A small memory that forgets everything when it is full and when its time is over; nothing in it outlives that. */
export function createRecent<Value>(most: number, forMs: number) {
  const values = new Map<string, Value>();
  let begunAt = performance.now();
  return {
    get(key: string): Value | undefined {
      if (performance.now() - begunAt > forMs) values.clear();
      return values.get(key);
    },
    set(key: string, value: Value): void {
      if (values.size >= most) values.clear();
      if (values.size === 0) begunAt = performance.now();
      values.set(key, value);
    },
  };
}

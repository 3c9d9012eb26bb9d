/** Next evaluates a module once per entry and the server has its own copy; only globalThis is shared. */
export function oncePerProcess<T>(key: string, create: () => T): T {
  const registry = globalThis as unknown as Record<symbol, T | undefined>;
  const symbol = Symbol.for(key);
  registry[symbol] ??= create();
  return registry[symbol];
}

type Handlers = Record<string, ((event: unknown) => void) | undefined>;

/** Each of ours after the one of the same name that the element has of its own. */
export function mergeHandlers(own: object, ours: object): object {
  const merged = Object.entries(ours as Handlers).map(([name, handler]) => [
    name,
    (event: unknown) => {
      (own as Handlers)[name]?.(event);
      handler?.(event);
    },
  ]);
  return Object.fromEntries(merged);
}

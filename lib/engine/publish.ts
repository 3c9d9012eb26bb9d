/** Executions of one entity that were queued, claimed or settled. */
export type ExecutionsChanged = { entityId: number; ids: readonly string[] };

/** Tells whoever listens in this process. */
export class Feed<Item> {
  readonly #listeners = new Set<(item: Item) => void>();

  publish(item: Item): void {
    for (const listener of this.#listeners) listener(item);
  }

  /** Answers how to stop listening. */
  subscribe(listener: (item: Item) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/** Tells live pages which executions changed; what they show of them they read themselves, with the reader's rights. */
export class ExecutionFeed extends Feed<ExecutionsChanged> {}

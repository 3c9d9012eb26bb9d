/** Executions of one entity that were queued, claimed or settled. */
export type ExecutionsChanged = { entityId: number; ids: readonly string[] };

/** Tells live pages which executions changed; what they show of them they read themselves, with the reader's rights. */
export class ExecutionFeed {
  readonly #listeners = new Set<(changed: ExecutionsChanged) => void>();

  publish(changed: ExecutionsChanged): void {
    for (const listener of this.#listeners) listener(changed);
  }

  /** Answers how to stop listening. */
  subscribe(listener: (changed: ExecutionsChanged) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };

/**
 * Takes what arrives while earlier work is under way and does it together: `work` gets up to `most` items at once and
 * answers one result each. Under light load an item is done at once, alone.
 */
export class Coalescer<Item, Result> {
  readonly #work: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>;
  readonly #most: number;
  #waiting: Waiting<Item, Result>[] = [];
  #running: Promise<void> | null = null;

  constructor(work: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>, most: number) {
    this.#work = work;
    this.#most = most;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Until everything that was given is done. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop belongs together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const taken = this.#waiting.splice(0, this.#most);
      try {
        const results = await this.#work(taken.map(({ item }) => item));
        for (const [index, result] of results.entries()) {
          if (result.status === 'fulfilled') taken[index]!.resolve(result.value);
          else taken[index]!.reject(result.reason);
        }
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    this.#running = null;
  }
}

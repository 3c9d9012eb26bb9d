/**
 * Finds what the store holds for us and nobody here knows of: a claim was kept, but its answer was lost with the connection.
 * Only what is so at two looks in a row, as a look may come between a commit and its answer.
 */
export class Strays {
  #before = new Map<string, number>();

  /** `held` and `known`: how many of each. Answers how many too many. */
  find(held: Iterable<string>, known: (key: string) => number): Map<string, number> {
    const surplus = new Map<string, number>();
    for (const [key, { length }] of Map.groupBy(held, (each) => each)) if (length > known(key)) surplus.set(key, length - known(key));
    const lasting = new Map<string, number>();
    for (const [key, count] of surplus) {
      const before = this.#before.get(key) ?? 0;
      if (before > 0) lasting.set(key, Math.min(before, count));
    }
    this.#before = surplus;
    return lasting;
  }
}

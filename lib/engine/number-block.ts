import type { Db } from '#lib/store/connect.ts';
import { type NumberSeries, nextNumbers } from '#lib/store/numbers.ts';

const LARGEST = 64;

/** Numbers of one series for one transaction, taken in growing blocks: a single new run wastes none, a thousand cost few writes. */
export class NumberBlock {
  readonly #tx: Db;
  readonly #series: NumberSeries;
  #left: number[] = [];
  #size = 1;

  constructor(tx: Db, series: NumberSeries) {
    this.#tx = tx;
    this.#series = series;
  }

  async next(): Promise<number> {
    if (this.#left.length === 0) {
      this.#left = await nextNumbers(this.#tx, this.#series, this.#size);
      this.#size = Math.min(LARGEST, this.#size * 4);
    }
    return this.#left.shift()!;
  }
}

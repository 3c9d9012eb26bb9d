/** How many are held for each that is wanted: what is left out moves a choice by an eighth of the way to its neighbour at most. */
const HELD_FOR_ONE = 4;

/** Items spread evenly over a list of any length, in bounded memory, the first and the last among them. */
export class EvenSample<Item> {
  readonly #most: number;
  #held: Item[] = [];
  #stride = 1;
  #count = 0;
  #last: Item[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    this.#last = [item];
    if (this.#count++ % this.#stride !== 0) return;
    this.#last = [];
    this.#held.push(item);
    if (this.#held.length <= HELD_FOR_ONE * this.#most) return;
    this.#last = this.#held.length % 2 === 0 ? [item] : [];
    this.#held = this.#held.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  /** In order; few enough come out as they went in. */
  result(): Item[] {
    const all = [...this.#held, ...this.#last];
    if (all.length <= this.#most || this.#most < 2) return all.slice(0, this.#most);
    return Array.from({ length: this.#most }, (_, index) => all[Math.round((index * (all.length - 1)) / (this.#most - 1))]!);
  }
}

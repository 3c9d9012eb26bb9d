import { ExactSums } from './exact-sums.ts';

/** What a window keeps up to date besides its values. */
export type WindowKeeps = 'values' | 'average' | 'min' | 'max' | 'zscore';

/** Windows may be long and most runs short: room is made as values come, doubled each time. */
const FIRST_ROOM = 64;

/**
 * The last `length` finite values of one metric of one run. Whatever the length, a push costs constant amortised time, and
 * what is read depends on the values inside alone: a window that slid there and one rebuilt from stored values agree exactly.
 */
export class MetricWindow {
  readonly length: number;
  #ring: Float64Array;
  #next = 0;
  #size = 0;
  #sums: ExactSums | null;
  #extremes: Extremes | null;

  constructor(length: number, keeps: WindowKeeps) {
    this.length = length;
    this.#ring = new Float64Array(Math.min(length, FIRST_ROOM));
    this.#sums = keeps === 'average' || keeps === 'zscore' ? new ExactSums(keeps === 'zscore') : null;
    this.#extremes = keeps === 'min' || keeps === 'max' ? new Extremes(length, keeps === 'min' ? 1 : -1) : null;
  }

  get isFull(): boolean {
    return this.#size === this.length;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes one finite value; returns the one that it pushed out, or NaN while there is room. */
  push(value: number): number {
    let evicted = Number.NaN;
    if (this.#size === this.length) {
      evicted = this.#ring[this.#next]!;
      this.#sums?.remove(evicted);
    } else {
      if (this.#size === this.#ring.length) this.#makeRoom();
      this.#size++;
    }
    this.#ring[this.#next] = value;
    this.#next = this.#next + 1 === this.#ring.length ? 0 : this.#next + 1;
    this.#sums?.add(value);
    this.#extremes?.push(value);
    return evicted;
  }

  /** Called before the ring went round for the first time, so its values lie in order. */
  #makeRoom(): void {
    const wider = new Float64Array(Math.min(this.length, 2 * this.#ring.length));
    wider.set(this.#ring);
    this.#ring = wider;
    this.#next = this.#size;
  }

  newest(): number {
    return this.#ring[this.#next === 0 ? this.#ring.length - 1 : this.#next - 1]!;
  }

  average(): number {
    return this.#sums!.mean(this.#size);
  }

  /** The smallest or largest value, whichever the window keeps. */
  extreme(): number {
    return this.#extremes!.read();
  }

  /** How many population standard deviations the value lies from the window's mean; null when all values are equal. */
  zscoreOf(value: number): number | null {
    return this.#sums!.zscore(value, this.#size);
  }

  /** The newest `limit` values, oldest first. */
  values(limit = this.length): number[] {
    const count = Math.min(limit, this.#size);
    const room = this.#ring.length;
    const values = new Array<number>(count);
    for (let i = 0; i < count; i++) values[i] = this.#ring[(this.#next - count + i + room) % room]!;
    return values;
  }
}

/**
 * A monotonic queue: the values that can still become the extreme, each with the number of the push it came by. Its room is
 * always a power of two, so that places wrap by masking.
 */
class Extremes {
  #length: number;
  /** 1 keeps the smallest in front, -1 the largest. */
  #sign: 1 | -1;
  #values = new Float64Array(FIRST_ROOM);
  #numbers = new Float64Array(FIRST_ROOM);
  #head = 0;
  #count = 0;
  #pushes = 0;

  constructor(length: number, sign: 1 | -1) {
    this.#length = length;
    this.#sign = sign;
  }

  push(value: number): void {
    const mask = this.#values.length - 1;
    let count = this.#count;
    if (count > 0 && this.#numbers[this.#head]! <= this.#pushes - this.#length) {
      this.#head = (this.#head + 1) & mask;
      count--;
    }
    const signed = this.#sign * value;
    while (count > 0 && this.#sign * this.#values[(this.#head + count - 1) & mask]! >= signed) count--;
    this.#count = count;
    if (count > mask) this.#makeRoom();
    const slot = (this.#head + count) & (this.#values.length - 1);
    this.#values[slot] = value;
    this.#numbers[slot] = this.#pushes++;
    this.#count = count + 1;
  }

  read(): number {
    return this.#values[this.#head]!;
  }

  #makeRoom(): void {
    const mask = this.#values.length - 1;
    const inOrder = (old: Float64Array) => {
      const wider = new Float64Array(2 * old.length);
      for (let i = 0; i < this.#count; i++) wider[i] = old[(this.#head + i) & mask]!;
      return wider;
    };
    [this.#values, this.#numbers] = [inOrder(this.#values), inOrder(this.#numbers)];
    this.#head = 0;
  }
}

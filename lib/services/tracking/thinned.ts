/** One stretch of a series: what of it is drawn. */
type Bucket = { first: number; lowAt: number; low: number; highAt: number; high: number; broken: number | null; brokenAt: number };

/**
 * A series of any length in bounded memory, for a chart: as values come, neighbouring stretches are joined, and each keeps its
 * lowest and highest value and one that is no number. Few enough values come out as they went in.
 */
export class Thinned {
  readonly #limit: number;
  #stride = 1;
  #buckets: Bucket[] = [];
  #inLast = 0;
  total = 0;

  constructor(points: number) {
    this.#limit = Math.max(2, Math.floor(points / 2)); // each stretch gives up to two points
  }

  add(step: number, value: number): void {
    this.total++;
    if (this.#inLast === 0 || this.#inLast >= this.#stride) {
      if (this.#buckets.length === this.#limit * 2) this.#join();
      this.#buckets.push(bucketOf(step, value));
      this.#inLast = 1;
    } else {
      this.#buckets[this.#buckets.length - 1] = joined(this.#buckets.at(-1)!, bucketOf(step, value));
      this.#inLast++;
    }
  }

  #join(): void {
    const halved: Bucket[] = [];
    for (let i = 0; i < this.#buckets.length; i += 2) {
      const next = this.#buckets[i + 1];
      halved.push(next ? joined(this.#buckets[i]!, next) : this.#buckets[i]!);
    }
    this.#buckets = halved;
    this.#stride *= 2;
  }

  /** In step order, at most twice the wanted points. */
  result(): { steps: number[]; values: number[] } {
    const points = this.#buckets.flatMap(({ lowAt, low, highAt, high, broken, brokenAt }) => {
      const own: [number, number][] = [];
      if (Number.isFinite(low)) own.push([lowAt, low]);
      if (Number.isFinite(high) && highAt !== lowAt) own.push([highAt, high]);
      if (broken !== null) own.push([brokenAt, broken]);
      return own.sort((a, b) => a[0] - b[0]);
    });
    return { steps: points.map(([step]) => step), values: points.map(([, value]) => value) };
  }
}

function bucketOf(step: number, value: number): Bucket {
  return Number.isFinite(value)
    ? { first: step, lowAt: step, low: value, highAt: step, high: value, broken: null, brokenAt: step }
    : {
        first: step,
        lowAt: step,
        low: Number.POSITIVE_INFINITY,
        highAt: step,
        high: Number.NEGATIVE_INFINITY,
        broken: value,
        brokenAt: step,
      };
}

function joined(a: Bucket, b: Bucket): Bucket {
  const low = b.low < a.low ? b : a;
  const high = b.high > a.high ? b : a;
  const broken = a.broken === null ? b : a;
  return {
    first: a.first,
    lowAt: low.lowAt,
    low: low.low,
    highAt: high.highAt,
    high: high.high,
    broken: broken.broken,
    brokenAt: broken.brokenAt,
  };
}

import { COARSE_MS, type CountKind, FINE_MS, latencyStep } from '#lib/domain/delivery-health.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { causeOfFailure } from '#lib/domain/failure-causes.ts';
import type { Db } from '#lib/store/connect.ts';
import { addDeliveryCounts, type DeliveryCount } from '#lib/store/delivery-counts.ts';

type Target = { entityId: number; targetId: number };
type Stretch = Target & { startsAt: number; counts: Map<CountKind, number> };

/**
 * What became of attempts, counted in memory and added to the store every few seconds: a row that every delivery wrote would
 * be the busiest of all. A crash loses seconds of these numbers and nothing else; the attempts themselves are rows.
 */
export class DeliveryHealth {
  #stretches = new Map<string, Stretch>();

  note({ entityId, targetId }: Target, outcome: Pick<DeliveryOutcome, 'kind' | 'response' | 'error' | 'timings'>, endedAt: number): void {
    const startsAt = Math.floor(endedAt / FINE_MS) * FINE_MS;
    const key = `${entityId}/${targetId}/${startsAt}`;
    let stretch = this.#stretches.get(key);
    if (!stretch) {
      stretch = { entityId, targetId, startsAt, counts: new Map() };
      this.#stretches.set(key, stretch);
    }
    add(stretch, outcome.kind === 'delivered' ? 'delivered' : causeOfFailure(outcome));
    if (outcome.response) add(stretch, `ms:${latencyStep(outcome.timings.totalMs)}`);
  }

  /** What cannot be written now is kept for the next time. */
  async write(db: Db): Promise<void> {
    if (this.#stretches.size === 0) return;
    const written = this.#stretches;
    this.#stretches = new Map();
    try {
      await addDeliveryCounts(db, toCounts([...written.values()]));
    } catch (error) {
      this.#putBack(written);
      throw error;
    }
  }

  #putBack(written: ReadonlyMap<string, Stretch>): void {
    for (const [key, stretch] of written) {
      const newer = this.#stretches.get(key);
      if (newer) for (const [kind, count] of stretch.counts) add(newer, kind, count);
      else this.#stretches.set(key, stretch);
    }
  }
}

function add({ counts }: Stretch, kind: CountKind, count = 1): void {
  counts.set(kind, (counts.get(kind) ?? 0) + count);
}

/** Each in its five minutes and in its hour. */
function toCounts(stretches: readonly Stretch[]): DeliveryCount[] {
  const sums = new Map<string, DeliveryCount>();
  for (const { entityId, targetId, startsAt, counts } of stretches) {
    for (const [kind, count] of counts) {
      for (const width of [FINE_MS, COARSE_MS]) {
        const begins = Math.floor(startsAt / width) * width;
        const key = `${entityId}/${targetId}/${width}/${begins}/${kind}`;
        const sum = sums.get(key);
        if (sum) sum.count += count;
        else sums.set(key, { entityId, targetId, width, startsAt: begins, kind, count });
      }
    }
  }
  return [...sums.values()];
}

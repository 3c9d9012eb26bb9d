import type { DueTarget } from '#lib/store/executions.ts';

/** The executions of one entity's automations that wait for one target. */
export type Lane = DueTarget & {
  inFlight: number;
  /** Waits for its turn to claim; rows that come due until then are found in it. */
  queued: boolean;
  /** When to look again; null: when woken. */
  wakeAt: number | null;
  /** Whether something may be due that was not claimed. What its requests let go is worth a look only then. */
  hungry: boolean;
};

/** Every lane with work, and how much of each target is in flight: one target may be used from several entities. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #inFlight = new Map<number, number>();

  open(target: DueTarget): Lane {
    const key = `${target.entityId}/${target.targetId}`;
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = { ...target, inFlight: 0, queued: false, wakeAt: null, hungry: false };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  /** Lanes of the same target: when one lets go, another may go on. */
  ofTarget(targetId: number): Lane[] {
    return [...this.#lanes.values()].filter((lane) => lane.targetId === targetId);
  }

  all(): Iterable<Lane> {
    return this.#lanes.values();
  }

  inFlightOf(targetId: number): number {
    return this.#inFlight.get(targetId) ?? 0;
  }

  add(lane: Lane, change: number): void {
    lane.inFlight += change;
    const total = this.inFlightOf(lane.targetId) + change;
    if (total > 0) this.#inFlight.set(lane.targetId, total);
    else this.#inFlight.delete(lane.targetId);
  }

  /** Lanes with nothing to do cost nothing. */
  closeIdle(lane: Lane): void {
    if (lane.inFlight === 0 && !lane.queued && !lane.hungry && lane.wakeAt === null)
      this.#lanes.delete(`${lane.entityId}/${lane.targetId}`);
  }

  get totalInFlight(): number {
    let total = 0;
    for (const count of this.#inFlight.values()) total += count;
    return total;
  }
}

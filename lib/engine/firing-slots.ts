import type { Automation } from '#lib/domain/automation.ts';
import { SLOT_MS } from '#lib/domain/limits.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import { lostRace } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findSlots, type TakenSlot, takeSlots } from '#lib/store/firing-limits.ts';
import type { Expected } from './expected.ts';

/** Which slots of a day are taken, this transaction's own included; taken ones are written together at its end. */
export class FiringSlots {
  readonly #tx: Db;
  readonly #nowMs: number;
  readonly #expected: Expected;
  /** By automation and slot; null where it was never taken. */
  readonly #takenAt = new Map<string, number | null>();
  readonly #taken: TakenSlot[] = [];

  constructor(tx: Db, nowMs: number, expected: Expected) {
    this.#tx = tx;
    this.#nowMs = nowMs;
    this.#expected = expected;
  }

  /** Reads the event's slot, and those that like events of this transaction will ask for. */
  async load(automations: readonly Automation[], event: TrackedEvent, slot: string): Promise<void> {
    const unknown = automations.filter(({ id }) => !this.#takenAt.has(keyOf(id, slot)));
    if (unknown.length === 0) return;
    const slots = [...new Set([slot, ...this.#expected.slotsLike(event)])];
    for (const [entityId, own] of Map.groupBy(unknown, (automation) => automation.entityId)) {
      const ids = own.map(({ id }) => id);
      for (const id of ids) for (const each of slots) this.#learn(keyOf(id, each), null);
      for (const { automationId, slot: taken, firedAt } of await findSlots(this.#tx, entityId, ids, slots)) {
        this.#learn(keyOf(automationId, taken), firedAt);
      }
    }
  }

  /** What this transaction took itself is not in the store yet. */
  #learn(key: string, takenAt: number | null): void {
    if (this.#takenAt.get(key) !== this.#nowMs) this.#takenAt.set(key, takenAt);
  }

  takenAt(automation: Automation, slot: string): number | null {
    return this.#takenAt.get(keyOf(automation.id, slot)) ?? null;
  }

  /** For an execution; the slot must be free. */
  take({ entityId, id: automationId }: Automation, slot: string, executionId: string): void {
    this.#takenAt.set(keyOf(automationId, slot), this.#nowMs);
    this.#taken.push({ entityId, automationId, slot, executionId });
  }

  /** The rows are the limit: of two processes that decide at once one is refused, and decides again. */
  async write(): Promise<void> {
    for (const [entityId, own] of Map.groupBy(this.#taken, (slot) => slot.entityId)) {
      const won = await takeSlots(this.#tx, entityId, own, this.#nowMs, this.#nowMs - SLOT_MS);
      if (!won) throw lostRace('An automation fired for the same run in another process at the same moment. Send it again.');
    }
  }
}

const keyOf = (automationId: number, slot: string) => `${automationId}/${slot}`;

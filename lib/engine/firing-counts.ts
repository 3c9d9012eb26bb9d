import type { Db } from '#lib/store/connect.ts';
import { addToCounters, type FiringCounters, findCounters, lockCounters, minuteOf } from '#lib/store/firing-limits.ts';

export type CounterChanges = { fired: number; skipped: number; lastFiredAt: number | null; lastSkippedId: string | null };

type Counter = { entityId: number; id: number; cooldownSeconds: number };
type Counted = { entityId: number; automationId: number; now: FiringCounters; changes: CounterChanges };

/** How often automations fired and were skipped lately, this transaction included; written once at its end. */
export class FiringCounts {
  readonly #tx: Db;
  readonly #nowMs: number;
  readonly #counted = new Map<number, Counted>();

  constructor(tx: Db, nowMs: number) {
    this.#tx = tx;
    this.#nowMs = nowMs;
  }

  /**
   * Reads the counters of those that are not read yet. A cooldown is kept exactly, so its counters are nobody else's from here
   * on; a storm may pass its limit by what other processes are firing at the same moment.
   */
  async load(automations: readonly Counter[]): Promise<void> {
    const missing = automations.filter(({ id }) => !this.#counted.has(id));
    await lockCounters(
      this.#tx,
      missing.filter(({ cooldownSeconds }) => cooldownSeconds > 0).map(({ id }) => id),
    );
    for (const [entityId, own] of Map.groupBy(missing, (automation) => automation.entityId)) {
      const found = await findCounters(
        this.#tx,
        entityId,
        own.map(({ id }) => id),
      );
      for (const { id } of own) {
        this.#counted.set(id, {
          entityId,
          automationId: id,
          now: this.#inThisMinute(found.get(id)),
          changes: { fired: 0, skipped: 0, lastFiredAt: null, lastSkippedId: null },
        });
      }
    }
  }

  #inThisMinute(counters: FiringCounters | undefined): FiringCounters {
    const minute = minuteOf(this.#nowMs);
    if (!counters) return { lastFiredAt: null, minute, fired: 0, skipped: 0, lastSkippedId: null };
    return counters.minute === minute ? { ...counters } : { ...counters, minute, fired: 0, skipped: 0 };
  }

  of(automationId: number): FiringCounters {
    return this.#counted.get(automationId)!.now;
  }

  addFired(automationId: number): void {
    const { now, changes } = this.#counted.get(automationId)!;
    now.fired++;
    changes.fired++;
    now.lastFiredAt = this.#nowMs;
    changes.lastFiredAt = this.#nowMs;
  }

  addSkipped(automationId: number, executionId: string | null): void {
    const { now, changes } = this.#counted.get(automationId)!;
    now.skipped++;
    changes.skipped++;
    if (executionId === null) return;
    now.lastSkippedId = executionId;
    changes.lastSkippedId = executionId;
  }

  async write(): Promise<void> {
    for (const { entityId, automationId, now, changes } of this.#counted.values()) {
      if (changes.fired + changes.skipped === 0) continue;
      await addToCounters(this.#tx, entityId, automationId, { minute: now.minute, ...changes });
    }
  }
}

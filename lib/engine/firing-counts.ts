import { lostRace } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { addToCounters, type FiringCounters, findCounters, minuteFor } from '#lib/store/firing-limits.ts';

/** Skipped executions per automation and minute; the last of them counts the rest. */
export const SKIPPED_ROWS_PER_MINUTE = 60;

type Changes = { fired: number; skipped: number; skippedRows: number; lastFiredAt: number | null; lastSkippedId: string | null };
const NONE: Changes = { fired: 0, skipped: 0, skippedRows: 0, lastFiredAt: null, lastSkippedId: null };

const ANY = Number.MAX_SAFE_INTEGER;

type Limited = { entityId: number; id: number; cooldownSeconds: number; maxFiringsPerMinute: number };
type Counted = { automation: Limited; lastFiredBefore: number | null; now: FiringCounters; changes: Changes };

/** How often automations fired and were skipped lately, this transaction included; written once at its end. */
export class FiringCounts {
  readonly #tx: Db;
  readonly #nowMs: number;
  readonly #counted = new Map<number, Counted>();

  constructor(tx: Db, nowMs: number) {
    this.#tx = tx;
    this.#nowMs = nowMs;
  }

  /** Reads the counters of those that are not read yet. */
  async load(automations: readonly Limited[]): Promise<void> {
    const missing = automations.filter(({ id }) => !this.#counted.has(id));
    for (const [entityId, own] of Map.groupBy(missing, (automation) => automation.entityId)) {
      const found = await findCounters(
        this.#tx,
        entityId,
        own.map(({ id }) => id),
      );
      for (const automation of own) {
        const now = this.#inThisMinute(found.get(automation.id));
        this.#counted.set(automation.id, { automation, lastFiredBefore: now.lastFiredAt, now, changes: { ...NONE } });
      }
    }
  }

  #inThisMinute(counters: FiringCounters | undefined): FiringCounters {
    const minute = minuteFor(this.#nowMs, counters);
    if (counters?.minute === minute) return { ...counters };
    return { lastFiredAt: counters?.lastFiredAt ?? null, minute, fired: 0, skipped: 0, lastSkippedId: null };
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
    changes.skippedRows++;
    now.lastSkippedId = executionId;
    changes.lastSkippedId = executionId;
  }

  /** The rows are the limits: of two processes that pass one together the slower is refused, and decides again. */
  async write(): Promise<void> {
    const changed = [...this.#counted.values()].filter(({ changes }) => changes.fired + changes.skipped > 0);
    // In one order everywhere, or two processes would wait for each other.
    for (const counted of changed.toSorted((a, b) => a.automation.id - b.automation.id)) {
      const { entityId, id } = counted.automation;
      const won = await addToCounters(this.#tx, entityId, id, toAdded(counted));
      if (!won) throw lostRace('An automation fired in another process at the same moment. Send it again.');
    }
  }
}

function toAdded({ automation, lastFiredBefore, now, changes }: Counted) {
  const { skippedRows, ...added } = changes;
  const keepsCooldown = added.fired > 0 && automation.cooldownSeconds > 0;
  return {
    ...added,
    minute: now.minute,
    mostFired: added.fired > 0 ? automation.maxFiringsPerMinute - added.fired : ANY,
    mostSkipped: skippedRows > 0 ? SKIPPED_ROWS_PER_MINUTE - skippedRows : ANY,
    latestFiring: keepsCooldown ? (lastFiredBefore ?? 0) : ANY,
  };
}

import { sql } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';
import { prepared } from './prepared.ts';
import { type ColumnType, isOneOf, recordSet } from './record-set.ts';

/** Whose slot it is: an automation and, in the key, the run (and its new state). */
export type SlotKey = { entityId: number; automationId: number; slot: string };

const takenSlots = prepared((db, given: { entityId: number; automationIds: readonly number[]; slots: string }) =>
  db
    .selectFrom('firing_slots')
    .select(['automation_id', 'slot', 'fired_at'])
    .where('entity_id', '=', given.entityId)
    .where('automation_id', 'in', given.automationIds)
    .where(({ ref }) => isOneOf(db, ref('slot'), given.slots)),
);

/** When each of these slots of these automations was taken last; those never taken are missing. */
export async function findSlots(db: Db, entityId: number, automationIds: readonly number[], slots: readonly string[]) {
  const { rows } = await takenSlots(db, { entityId, automationIds, slots: JSON.stringify(slots) });
  return rows.map((row) => ({ automationId: row.automation_id, slot: row.slot, firedAt: row.fired_at }));
}

export type TakenSlot = SlotKey & { executionId: string };

const SLOT_COLUMNS = { entity_id: 'int8', automation_id: 'int8', slot: 'text', execution_id: 'text' } satisfies Record<string, ColumnType>;

/** Or two processes that take the same ones would wait for each other in a circle. */
const inOneOrder = (a: TakenSlot, b: TakenSlot) => a.automationId - b.automationId || (a.slot < b.slot ? -1 : 1);

/** Takes slots that were not taken since `freeBefore`, each named once; false when somebody was faster with one of them. */
export async function takeSlots(
  db: Db,
  entityId: number,
  slots: readonly TakenSlot[],
  nowMs: number,
  freeBefore: number,
): Promise<boolean> {
  const rows = slots.toSorted(inOneOrder).map((each) => ({
    entity_id: entityId,
    automation_id: each.automationId,
    slot: each.slot,
    execution_id: each.executionId,
  }));
  // No parameters on PostgreSQL: Citus sends the rows to a worker by themselves, which cannot tell the types of those it does not use.
  const given = (ms: number) => (storeKindOf(db) === 'postgres' ? sql.lit(ms) : ms);
  const taken = await sql<{ slot: string }>`
    insert into firing_slots (entity_id, automation_id, slot, fired_at, execution_id, held_back, held_back_at)
    select entity_id, automation_id, slot, cast(${given(nowMs)} as int8), execution_id, 0, null from ${recordSet(db, SLOT_COLUMNS, rows)} where true
    on conflict (entity_id, automation_id, slot) do update set
      fired_at = excluded.fired_at, execution_id = excluded.execution_id, held_back = 0, held_back_at = null
      where firing_slots.fired_at <= ${given(freeBefore)}
    returning slot`.execute(db);
  return taken.rows.length === slots.length;
}

/** Counts matches that a taken slot held back. */
export async function addHeldBack(db: Db, key: SlotKey, count: number, nowMs: number): Promise<void> {
  await db
    .updateTable('firing_slots')
    .set((eb) => ({ held_back: eb('held_back', '+', count), held_back_at: nowMs }))
    .where('entity_id', '=', key.entityId)
    .where('automation_id', '=', key.automationId)
    .where('slot', '=', key.slot)
    .execute();
}

/** A slot as it was taken last, with the matches that it held back since. */
export type Slot = { automationId: number; slot: string; firedAt: number; executionId: string; heldBack: number };

/** Which of these slots were taken, by which execution. */
export async function listSlots(
  db: Db,
  automations: readonly { entityId: number; id: number }[],
  slots: readonly string[],
): Promise<Slot[]> {
  if (slots.length === 0) return [];
  const found: Slot[] = [];
  for (const [entityId, own] of Map.groupBy(automations, (automation) => automation.entityId)) {
    const rows = await db
      .selectFrom('firing_slots')
      .select(['automation_id', 'slot', 'fired_at', 'execution_id', 'held_back'])
      .where('entity_id', '=', entityId)
      .where(
        'automation_id',
        'in',
        own.map(({ id }) => id),
      )
      .where('slot', 'in', [...slots])
      .execute();
    for (const row of rows) {
      const { automation_id: automationId, slot, fired_at: firedAt, execution_id: executionId, held_back: heldBack } = row;
      found.push({ automationId, slot, firedAt, executionId, heldBack });
    }
  }
  return found;
}

/** Matches held back by slots that were taken since `sinceMs`. */
export async function countHeldBack(db: Db, entityId: number, automationId: number, sinceMs: number): Promise<number> {
  const row = await db
    .selectFrom('firing_slots')
    .select(({ fn }) => fn.sum<number | string | null>('held_back').as('total'))
    .where('entity_id', '=', entityId)
    .where('automation_id', '=', automationId)
    .where('fired_at', '>', sinceMs)
    .executeTakeFirstOrThrow();
  return Number(row.total ?? 0); // PostgreSQL sums int8 as numeric
}

/** What an automation did lately. `minute` is the minute since 1970 that `fired` and `skipped` count. */
export type FiringCounters = {
  lastFiredAt: number | null;
  minute: number;
  fired: number;
  skipped: number;
  lastSkippedId: string | null;
};

/** Processes whose clocks differ a little are in one minute: the later one. Further ahead, the clock was moved back. */
const MINUTES_AHEAD = 1;

/** The minute that a firing at this time counts in, by what the counters show. */
export function minuteFor(nowMs: number, counters: FiringCounters | undefined): number {
  const minute = Math.floor(nowMs / 60_000);
  return counters && counters.minute > minute && counters.minute <= minute + MINUTES_AHEAD ? counters.minute : minute;
}

const countersOf = prepared((db, given: { entityId: number; automationIds: readonly number[] }) =>
  db
    .selectFrom('automation_counters')
    .selectAll()
    .where('entity_id', '=', given.entityId)
    .where('automation_id', 'in', given.automationIds),
);

/** By automation; one that did nothing yet is missing. */
export async function findCounters(db: Db, entityId: number, automationIds: readonly number[]): Promise<Map<number, FiringCounters>> {
  const { rows } = await countersOf(db, { entityId, automationIds });
  return new Map(
    rows.map((row) => [
      row.automation_id,
      { lastFiredAt: row.last_fired_at, minute: row.minute, fired: row.fired, skipped: row.skipped, lastSkippedId: row.last_skipped_id },
    ]),
  );
}

/** What to add, and up to what was there it was decided: firings and skips of the minute, and the time of the last firing. */
type Added = {
  minute: number;
  fired: number;
  skipped: number;
  lastFiredAt: number | null;
  lastSkippedId: string | null;
  mostFired: number;
  mostSkipped: number;
  latestFiring: number;
};

const isSameMinute = sql<boolean>`automation_counters.minute between excluded.minute and excluded.minute + ${sql.lit(MINUTES_AHEAD)}`;
const inMinute = (column: 'fired' | 'skipped') =>
  sql<number>`case when ${isSameMinute} then automation_counters.${sql.ref(column)} else 0 end`;
const summed = (column: 'fired' | 'skipped') => sql<number>`${inMinute(column)} + excluded.${sql.ref(column)}`;

const addCounts = prepared((db, added: Added & { entityId: number; automationId: number }) =>
  db
    .insertInto('automation_counters')
    .values({
      entity_id: added.entityId,
      automation_id: added.automationId,
      last_fired_at: added.lastFiredAt,
      minute: added.minute,
      fired: added.fired,
      skipped: added.skipped,
      last_skipped_id: added.lastSkippedId,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['entity_id', 'automation_id'])
        .doUpdateSet({
          last_fired_at: sql`coalesce(excluded.last_fired_at, automation_counters.last_fired_at)`,
          fired: summed('fired'),
          skipped: summed('skipped'),
          last_skipped_id: sql`coalesce(excluded.last_skipped_id, automation_counters.last_skipped_id)`,
          minute: sql`case when ${isSameMinute} then automation_counters.minute else excluded.minute end`,
        })
        .where(inMinute('fired'), '<=', added.mostFired)
        .where(inMinute('skipped'), '<=', added.mostSkipped)
        .where(sql<number>`coalesce(automation_counters.last_fired_at, 0)`, '<=', added.latestFiring),
    ),
);

/**
 * Adds firings and skips of one minute; counts of an earlier minute make room. False, and nothing is added, when another
 * process was faster, so that what was decided on holds no longer.
 */
export async function addToCounters(db: Db, entityId: number, automationId: number, added: Added): Promise<boolean> {
  const { numAffectedRows } = await addCounts(db, { entityId, automationId, ...added });
  return numAffectedRows === 1n;
}

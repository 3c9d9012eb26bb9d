import type { Decision } from '#lib/domain/decision.ts';
import type { TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from './connect.ts';

/** Per automation; a new one takes the place of the oldest. */
export const NEAR_MISSES_KEPT = 50;

/** An evaluation that did not fire, with its reason. `subject` is the run or version it was about. */
export type NearMiss = {
  entityId: number;
  automationId: number;
  at: number;
  eventEntityId: number;
  eventId: string | null;
  eventType: TrackedEventType;
  subject: string;
  decision: Decision;
};

/** Adds to one automation's ring of near misses. */
export async function replaceNearMisses(db: Db, misses: readonly NearMiss[]): Promise<void> {
  const first = misses[0];
  if (!first) return;
  const newest = await db
    .selectFrom('near_misses')
    .select('place')
    .where('entity_id', '=', first.entityId)
    .where('automation_id', '=', first.automationId)
    .orderBy('at', 'desc')
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  const start = newest ? newest.place + 1 : 0;
  await db
    .insertInto('near_misses')
    .values(
      misses.map((miss, index) => ({
        entity_id: miss.entityId,
        automation_id: miss.automationId,
        place: (start + index) % NEAR_MISSES_KEPT,
        at: miss.at,
        event_entity_id: miss.eventEntityId,
        event_id: miss.eventId,
        event_type: miss.eventType,
        subject: miss.subject,
        decision: JSON.stringify(miss.decision),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['entity_id', 'automation_id', 'place']).doUpdateSet((eb) => ({
        at: eb.ref('excluded.at'),
        event_entity_id: eb.ref('excluded.event_entity_id'),
        event_id: eb.ref('excluded.event_id'),
        event_type: eb.ref('excluded.event_type'),
        subject: eb.ref('excluded.subject'),
        decision: eb.ref('excluded.decision'),
      })),
    )
    .execute();
}

/** What some automations decided about some events without firing, by `automation event`; of several the newest. */
export async function listNearMissesOfEvents(
  db: Db,
  automations: readonly { entityId: number; id: number }[],
  eventIds: readonly string[],
): Promise<Map<string, Decision>> {
  const found = new Map<string, Decision>();
  if (eventIds.length === 0) return found;
  for (const [entityId, own] of Map.groupBy(automations, (automation) => automation.entityId)) {
    const rows = await db
      .selectFrom('near_misses')
      .select(['automation_id', 'event_id', 'decision'])
      .where('entity_id', '=', entityId)
      .where(
        'automation_id',
        'in',
        own.map(({ id }) => id),
      )
      .where('event_id', 'in', [...eventIds])
      .orderBy('at')
      .execute();
    for (const row of rows) found.set(`${row.automation_id} ${row.event_id}`, JSON.parse(row.decision) as Decision);
  }
  return found;
}

/** Newest first. */
export async function listNearMisses(db: Db, entityId: number, automationId: number): Promise<NearMiss[]> {
  const rows = await db
    .selectFrom('near_misses')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('automation_id', '=', automationId)
    .orderBy('at', 'desc')
    .orderBy('place', 'desc')
    .execute();
  return rows.map((row) => ({
    entityId,
    automationId,
    at: row.at,
    eventEntityId: row.event_entity_id,
    eventId: row.event_id,
    eventType: row.event_type,
    subject: row.subject,
    decision: JSON.parse(row.decision) as Decision,
  }));
}

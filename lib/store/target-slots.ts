import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { DeliveryTarget } from './delivery-targets.ts';
import { LEASE_MS } from './executions.ts';

export type SlotKey = Pick<DeliveryTarget, 'entityId' | 'targetId'>;

/**
 * Takes up to `wanted` of a target's slots, so that all processes together keep its limit; answers how many. A slot whose
 * holder died is free when its lease ends.
 */
export async function takeTargetSlots(db: Db, target: DeliveryTarget, holder: string, wanted: number, nowMs: number): Promise<number> {
  if (wanted <= 0) return 0;
  const { entityId, targetId, maxConcurrent } = target;
  // No parameters: Citus sends the subquery to a worker by itself, which cannot tell the types of those it does not use.
  const [entity, id, now] = [sql.lit(entityId), sql.lit(targetId), sql.lit(nowMs)];
  const { rows } = await sql<{ slot: number }>`
    insert into target_slots (entity_id, target_id, slot, holder, held_until)
    select ${entity}, ${id}, slot, ${sql.lit(holder)}, ${sql.lit(nowMs + LEASE_MS)} from (
      select slot from generate_series(1, ${sql.lit(maxConcurrent)}) slot
      where not exists (select 1 from target_slots held where held.entity_id = ${entity} and held.target_id = ${id}
        and held.slot = slot.slot and held.held_until > ${now})
      order by (slot + ${sql.lit(startOf(holder))}) % ${sql.lit(maxConcurrent)} limit ${sql.lit(wanted)}) free
    order by slot
    on conflict (entity_id, target_id, slot) do update set holder = excluded.holder, held_until = excluded.held_until
      where target_slots.held_until <= ${now}
    returning slot`.execute(db);
  return rows.length;
}

/** Each process looks for free slots from another one on, as it would wait for the commit of who takes the same one. */
function startOf(holder: string): number {
  let start = 0;
  for (const character of holder) start = (start * 31 + character.charCodeAt(0)) % 65_536;
  return start;
}

/** Lets go of up to `count` slots of this holder; those of others stay. */
export async function releaseTargetSlots(db: Db, { entityId, targetId }: SlotKey, holder: string, count: number): Promise<void> {
  if (count <= 0) return;
  await sql`delete from target_slots where entity_id = ${entityId} and target_id = ${targetId} and slot in (
    select slot from target_slots where entity_id = ${entityId} and target_id = ${targetId} and holder = ${holder}
    order by slot desc limit ${count})`.execute(db);
}

/** Keeps the holder's slots, less those that are being let go of at this moment (see `renewLeases`); answers the target of each. */
export async function renewTargetSlots(db: Db, holder: string, nowMs: number): Promise<SlotKey[]> {
  const targets = await db.selectFrom('target_slots').select(['entity_id', 'target_id']).distinct().where('holder', '=', holder).execute();
  const held: SlotKey[] = [];
  for (const { entity_id: entityId, target_id: targetId } of targets) {
    const { rows } = await sql`
      with held as (
        select slot from target_slots where entity_id = ${entityId} and target_id = ${targetId} and holder = ${holder} for update skip locked)
      update target_slots set held_until = ${nowMs + LEASE_MS}::int8
      where entity_id = ${entityId} and target_id = ${targetId} and slot in (select slot from held)
      returning slot`.execute(db);
    for (const _ of rows) held.push({ entityId, targetId });
  }
  return held;
}

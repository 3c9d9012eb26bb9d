import { sql } from 'kysely';
import { COARSE_MS, type CountKind, FINE_MS } from '#lib/domain/delivery-health.ts';
import { type Db, inTransaction } from './connect.ts';

/** How many attempts of one kind there were in the stretch of `width` that begins at `startsAt`. */
export type DeliveryCount = { entityId: number; targetId: number; width: number; startsAt: number; kind: CountKind; count: number };

const PER_STATEMENT = 500;

/** Adds to what is there; commutative, so that processes need not know of each other. In one order, so that none waits in a circle. */
export async function addDeliveryCounts(db: Db, counts: readonly DeliveryCount[]): Promise<void> {
  const rows = counts.map((count) => ({
    entity_id: count.entityId,
    target_id: count.targetId,
    width: count.width,
    starts_at: count.startsAt,
    kind: count.kind,
    count: count.count,
  }));
  rows.sort(
    (a, b) =>
      a.entity_id - b.entity_id ||
      a.target_id - b.target_id ||
      a.width - b.width ||
      a.starts_at - b.starts_at ||
      (a.kind < b.kind ? -1 : 1),
  );
  await inTransaction(db, async (tx) => {
    for (let from = 0; from < rows.length; from += PER_STATEMENT) {
      await tx
        .insertInto('delivery_counts')
        .values(rows.slice(from, from + PER_STATEMENT))
        .onConflict((conflict) =>
          conflict
            .columns(['entity_id', 'target_id', 'width', 'starts_at', 'kind'])
            .doUpdateSet((eb) => ({ count: eb('delivery_counts.count', '+', eb.ref('excluded.count')) })),
        )
        .execute();
    }
  });
}

/** Summed by steps of `stepMs` from `from` on. */
export async function listDeliveryCounts(
  db: Db,
  target: { entityId: number; targetId: number },
  { widthMs, stepMs, from, to }: { widthMs: number; stepMs: number; from: number; to: number },
): Promise<{ step: number; kind: CountKind; count: number }[]> {
  const { rows } = await sql<{ step: number; kind: CountKind; n: number }>`
    select (starts_at - cast(${from} as bigint)) / cast(${stepMs} as bigint) as step, kind, sum(count) as n from delivery_counts
    where entity_id = ${target.entityId} and target_id = ${target.targetId} and width = ${widthMs} and starts_at >= ${from} and starts_at < ${to}
    group by 1, 2`.execute(db);
  return rows.map(({ step, kind, n }) => ({ step: Number(step), kind, count: Number(n) }));
}

/** Fine counts go after two days, the others with the history. */
export async function pruneDeliveryCounts(db: Db, before: { fine: number; coarse: number }): Promise<void> {
  for (const { id } of await db.selectFrom('entities').select('id').execute()) {
    for (const [width, startsBefore] of [
      [FINE_MS, before.fine],
      [COARSE_MS, before.coarse],
    ] as const) {
      await db
        .deleteFrom('delivery_counts')
        .where('entity_id', '=', id)
        .where('width', '=', width)
        .where('starts_at', '<', startsBefore)
        .execute();
    }
  }
}

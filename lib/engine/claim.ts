import type { Execution } from '#lib/domain/execution.ts';
import { type Db, inTransaction, type Store } from '#lib/store/connect.ts';
import { changeBreaker, type DeliveryTarget, findDeliveryTargets } from '#lib/store/delivery-targets.ts';
import { claimExecutions, type DueTarget, failWaiting, findNextDue } from '#lib/store/executions.ts';

export type ClaimRequest = DueTarget & {
  /** How many requests of this process are on their way to the target. */
  inFlight: number;
};

/** `wakeAt`: when the lane is worth another look; null: when it is woken or has let go of something. */
export type Claimed = { executions: Execution[]; wakeAt: number | null; probing: boolean; failed: string[]; target: DeliveryTarget | null };

/** A probe that is not back by then does not keep the next one waiting. */
const PROBE_LEASE_MS = 60_000;
const FAILED_AT_ONCE = 500;
const GONE = 'The integration was deleted.';
const DISABLED = 'The integration is disabled.';

/** Claims for several lanes; on SQLite in one transaction, on PostgreSQL side by side. */
export async function claimForLanes(store: Store, requests: readonly ClaimRequest[], worker: string, nowMs: number): Promise<Claimed[]> {
  const targets = await findDeliveryTargets(
    store.db,
    requests.map(({ targetEntityId, targetId }) => ({ entityId: targetEntityId, targetId })),
  );
  const claim = (db: Db, request: ClaimRequest) => claimForLane(db, request, targets.get(request.targetId) ?? null, worker, nowMs);
  const claimed = new Map<ClaimRequest, Claimed>();
  /** Lanes of one target follow each other: what one takes, the next does not have. */
  const claimInTurn = async (db: Db, own: readonly ClaimRequest[]) => {
    let taken = 0;
    for (const request of own) {
      const result = await claim(db, { ...request, inFlight: request.inFlight + taken });
      taken += result.executions.length;
      claimed.set(request, result);
    }
  };
  const byTarget = [...Map.groupBy(requests, (request) => request.targetId).values()];
  if (store.kind === 'postgres') await Promise.all(byTarget.map((own) => claimInTurn(store.db, own)));
  else await inTransaction(store.db, async (tx) => claimInTurnEach(tx, byTarget, claimInTurn));
  return requests.map((request) => claimed.get(request)!);
}

async function claimInTurnEach<Own>(tx: Db, groups: Own[], each: (db: Db, own: Own) => Promise<void>): Promise<void> {
  for (const own of groups) await each(tx, own);
}

async function claimForLane(db: Db, lane: ClaimRequest, target: DeliveryTarget | null, worker: string, nowMs: number): Promise<Claimed> {
  const nothing: Claimed = { executions: [], wakeAt: null, probing: false, failed: [], target };
  if (target?.state !== 'ok') {
    const failed = await failWaiting(db, lane, target?.state === 'disabled' ? DISABLED : GONE, nowMs, FAILED_AT_ONCE);
    return { ...nothing, failed, wakeAt: failed.length === FAILED_AT_ONCE ? nowMs : null };
  }
  if (target.pausedUntil !== null) {
    if (target.pausedUntil > nowMs) return { ...nothing, wakeAt: target.pausedUntil };
    // Of several processes one moves the mark and so may probe.
    const mine = await changeBreaker(db, target, { ...target, pausedUntil: nowMs + PROBE_LEASE_MS });
    if (!mine) return { ...nothing, wakeAt: nowMs + PROBE_LEASE_MS };
    const executions = await claimExecutions(db, lane, nowMs, 1, worker);
    return { ...nothing, executions, probing: executions.length > 0, wakeAt: nowMs + PROBE_LEASE_MS };
  }
  const free = target.maxConcurrent - lane.inFlight;
  if (free <= 0) return nothing;
  const executions = await claimExecutions(db, lane, nowMs, free, worker);
  return { ...nothing, executions, wakeAt: executions.length < free ? await findNextDue(db, lane, nowMs) : null };
}

import { isPaused } from '#lib/domain/breaker.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { rateRoom, withSent } from '#lib/domain/request-rate.ts';
import { type Db, storeKindOf } from '#lib/store/connect.ts';
import { changeBreaker, type DeliveryTarget, findDeliveryTargets } from '#lib/store/delivery-targets.ts';
import { claimExecutions, type DueTarget, failWaiting, findNextDue, lockDue } from '#lib/store/executions.ts';
import { lockTargetRate, updateTargetRate } from '#lib/store/target-rates.ts';
import { releaseTargetSlots, takeTargetSlots } from '#lib/store/target-slots.ts';

export type ClaimRequest = DueTarget & {
  /** How many requests of this process are on their way to the target. */
  inFlight: number;
};

/**
 * `wakeAt`: when the lane is worth another look; null: when it is woken or has let go of something. `drained`: nothing that
 * is due was left behind.
 */
export type Claimed = {
  executions: Execution[];
  wakeAt: number | null;
  drained: boolean;
  probing: boolean;
  failed: string[];
  target: DeliveryTarget | null;
};

/** A probe that is not back by then does not keep the next one waiting. */
const PROBE_LEASE_MS = 60_000;
const FAILED_AT_ONCE = 500;
/** Another process has the target's other slots; it wakes nobody when it lets go of them. */
const SLOTS_TAKEN_MS = 250;
const GONE = 'The integration was deleted.';
const DISABLED = 'The integration is disabled.';

const nothingOf = (target: DeliveryTarget | null): Claimed => ({
  executions: [],
  wakeAt: null,
  drained: false,
  probing: false,
  failed: [],
  target,
});

/** Claims for several lanes in one transaction; of lanes that share a target, what one takes the next does not have. */
export async function claimForLanes(db: Db, requests: readonly ClaimRequest[], worker: string, nowMs: number): Promise<Claimed[]> {
  const targets = await findDeliveryTargets(
    db,
    requests.map(({ targetEntityId, targetId }) => ({ entityId: targetEntityId, targetId })),
  );
  const taken = new Map<number, number>();
  const claimed: Claimed[] = [];
  for (const request of requests) {
    const { targetId } = request;
    const before = taken.get(targetId) ?? 0;
    const lane = { ...request, inFlight: request.inFlight + before };
    const result = await claimForLane(db, lane, targets.get(targetId) ?? null, worker, nowMs);
    taken.set(targetId, before + result.executions.length);
    claimed.push(result);
  }
  return claimed;
}

async function claimForLane(db: Db, lane: ClaimRequest, target: DeliveryTarget | null, worker: string, nowMs: number): Promise<Claimed> {
  const nothing = nothingOf(target);
  if (target?.state !== 'ok') {
    const failed = await failWaiting(db, lane, target?.state === 'disabled' ? DISABLED : GONE, nowMs, FAILED_AT_ONCE);
    const drained = failed.length < FAILED_AT_ONCE;
    return { ...nothing, failed, drained, wakeAt: drained ? null : nowMs };
  }
  if (isPaused(target, nowMs)) return { ...nothing, wakeAt: target.pausedUntil };
  if (target.maxPerMinute === null) return claimFromTarget(db, lane, target, Number.POSITIVE_INFINITY, worker, nowMs);
  const sent = await lockTargetRate(db, target);
  const { room, freeAt } = rateRoom(sent, target.maxPerMinute, nowMs);
  if (room === 0) return { ...nothing, wakeAt: freeAt };
  const claimed = await claimFromTarget(db, lane, target, room, worker, nowMs);
  const { length: count } = claimed.executions;
  if (count > 0) await updateTargetRate(db, target, withSent(sent, count, nowMs));
  return claimed;
}

/** What the target's slots and breaker let go, of `mayGo` that its limit per minute does. */
async function claimFromTarget(
  db: Db,
  lane: ClaimRequest,
  target: DeliveryTarget,
  mayGo: number,
  worker: string,
  nowMs: number,
): Promise<Claimed> {
  const nothing = nothingOf(target);
  if (target.pausedUntil !== null) {
    // Of several processes one moves the mark and so may probe.
    const mine = await changeBreaker(db, target, { ...target, pausedUntil: nowMs + PROBE_LEASE_MS });
    if (!mine) return { ...nothing, wakeAt: nowMs + PROBE_LEASE_MS };
    const { executions } = await claimUpTo(1, db, lane, target, worker, nowMs);
    return { ...nothing, executions, probing: executions.length > 0, wakeAt: nowMs + PROBE_LEASE_MS };
  }
  const slots = target.maxConcurrent - lane.inFlight;
  if (slots <= 0) return nothing;
  const room = Math.min(slots, mayGo);
  const { executions, slotsTaken } = await claimUpTo(room, db, lane, target, worker, nowMs);
  if (slotsTaken) return { ...nothing, executions, wakeAt: nowMs + SLOTS_TAKEN_MS };
  if (executions.length === room) return { ...nothing, executions };
  return { ...nothing, executions, drained: true, wakeAt: await findNextDue(db, lane, nowMs) };
}

/** Each execution with a slot, where several processes share the target's. `slotsTaken`: others had those that some needed. */
async function claimUpTo(room: number, db: Db, lane: ClaimRequest, target: DeliveryTarget, worker: string, nowMs: number) {
  if (storeKindOf(db) === 'sqlite') return { executions: await claimExecutions(db, lane, nowMs, room, worker), slotsTaken: false };
  // Whoever is woken for what another process has taken touches no slot: of those, processes wait for each other.
  const wanted = await lockDue(db, lane, nowMs, room);
  const free = await takeTargetSlots(db, target, worker, wanted, nowMs);
  const executions = await claimExecutions(db, lane, nowMs, free, worker);
  await releaseTargetSlots(db, target, worker, free - executions.length);
  return { executions, slotsTaken: free < wanted };
}

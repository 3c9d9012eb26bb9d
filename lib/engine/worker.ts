import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { causeOfFailure } from '#lib/domain/failure-causes.ts';
import { RETRY_JITTER } from '#lib/domain/retry.ts';
import type { Commits } from '#lib/store/commits.ts';
import { type Db, isStoreUnavailable, type Store, storeKindOf } from '#lib/store/connect.ts';
import type { DeliveryTarget } from '#lib/store/delivery-targets.ts';
import { type AttemptKey, type DueTarget, giveBackExecution, listDueTargets, renewLeases } from '#lib/store/executions.ts';
import { type Settlement, settleExecutions } from '#lib/store/settle-executions.ts';
import { takeOverFromDead } from '#lib/store/take-over.ts';
import { releaseTargetSlots, renewTargetSlots, type SlotKey } from '#lib/store/target-slots.ts';
import type { Activity } from './activity.ts';
import { Breakers, type TargetNews } from './breakers.ts';
import { type Claimed, type ClaimRequest, claimForLanes } from './claim.ts';
import { Coalescer } from './coalesce.ts';
import { type Lane, Lanes } from './lane.ts';
import { Strays } from './strays.ts';
import { toSettlement } from './to-settlement.ts';

/** Sends one attempt. Reads URL, token and secrets itself, each time; a receiver's failure is an outcome, never an exception. */
export type Deliver = (execution: Execution) => Promise<DeliveryOutcome>;

export type WorkerDeps = {
  store: Store;
  commits: Commits;
  now: () => number;
  /** From 0 to 1; makes the jitter of retries. */
  random: () => number;
  /** Names this process; nobody else uses it. */
  workerId: string;
  deliver: Deliver;
  /** After the commit: executions that were claimed or settled. */
  onChanged: (entityId: number, executionIds: readonly string[]) => void;
  /** After the commit: attempts and executions that ended here. */
  onActivity: (activity: Activity) => void;
  /** After the commit: one attempt, with what came of it. */
  onAttempt: (attempt: EndedAttempt) => void;
  /** An integration was paused, was disabled or works again; whoever tells its admins must not throw. */
  onTargetNews?: (news: TargetNews) => void;
  onFault: (error: unknown, executionId: string | null) => void;
};

/** A new execution, and when the disk has it. */
export type Fresh = { executionId: string; onDisk: Promise<void> };

export type EndedAttempt = { execution: Execution; settlement: Settlement; target: { entityId: number; targetId: number } };

const TURNS_PER_COMMIT = 200;
export const RENEW_EVERY_MS = 2000;
const TRY_CLAIMING_AGAIN_MS = 1000;
const TRY_SETTLING_AGAIN_MS = 500;

/** A lane's turn: to record what came of an attempt, if it has one, and to claim what its target now has room for. */
type Turn = { lane: Lane; settlement: Settlement | null };

/**
 * Claims what is due, target by target, sends it and records what came of it. A target never has more in flight than it
 * allows, and waiting rows of one are not read while another is served.
 */
export class Worker {
  readonly #deps: WorkerDeps;
  readonly #lanes = new Lanes();
  readonly #breakers: Breakers;
  readonly #turns: Coalescer<Turn, boolean>;
  /** Executions that the disk does not have yet, with when it has: a loss of power may undo them, so that nobody may hear of them. */
  readonly #fresh = new Map<string, Promise<void>>();
  /** The attempts that are being made here. */
  readonly #inHand = new Set<string>();
  readonly #strayExecutions = new Strays();
  readonly #straySlots = new Strays();
  #stopped = false;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    this.#breakers = new Breakers(deps.store.db, deps.now, deps.onTargetNews ?? (() => {}));
    this.#turns = new Coalescer((turns) => this.#take(turns), TURNS_PER_COMMIT);
  }

  /**
   * Something of this target has come due; `fresh` where the disk does not have it yet. A target with nothing in flight claims
   * that meanwhile, another only then: what waits for the disk does not take the room of what could be sent.
   */
  wake(target: DueTarget, fresh?: Fresh): void {
    const isIdle = this.#lanes.inFlightOf(target.targetId) === 0;
    if (fresh) {
      const waited = fresh.onDisk
        .catch(() => {}) // its sender was told that the outcome is uncertain; it is committed, and goes
        .then(() => {
          this.#fresh.delete(fresh.executionId);
          if (!isIdle) this.#pump(this.#lanes.open(target));
        });
      this.#fresh.set(fresh.executionId, waited);
    }
    if (isIdle || !fresh) this.#pump(this.#lanes.open(target));
  }

  /** Something of this target, in whatever entity, waits in vain: it was disabled or deleted, or works again. */
  async wakeTarget(targetId: number): Promise<void> {
    for (const target of await listDueTargets(this.#deps.store.db, targetId)) this.wake(target);
  }

  /** Looks for everything that is due: what was queued elsewhere, and what a dead process left. */
  async sweep(): Promise<void> {
    const due = await listDueTargets(this.#deps.store.db);
    const nowMs = this.#deps.now();
    for (const target of due) {
      const lane = this.#lanes.open(target);
      if (target.dueAt <= nowMs) this.#pump(lane);
      else lane.wakeAt = earlier(lane.wakeAt, target.dueAt);
    }
  }

  /** What dead processes had in hand is due at once. */
  async takeOver(): Promise<number> {
    return takeOverFromDead(this.#deps.store.db, this.#deps.workerId, this.#deps.now());
  }

  /** Pumps the lanes whose time has come; answers when the next one is due. */
  tick(): number | null {
    const nowMs = this.#deps.now();
    let next: number | null = null;
    for (const lane of this.#lanes.all()) {
      if (lane.wakeAt === null) continue;
      if (lane.wakeAt <= nowMs) this.#pump(lane);
      else next = earlier(next, lane.wakeAt);
    }
    return next;
  }

  /** Keeps what is in hand ours, and lets go of what is not. */
  async renew(): Promise<void> {
    if (this.#lanes.totalInFlight === 0) return;
    const { store, workerId, now } = this.#deps;
    const held = new Map((await renewLeases(store.db, workerId, now())).map((key) => [keyOf(key), key]));
    for (const [key] of this.#strayExecutions.find(held.keys(), (each) => (this.#inHand.has(each) ? 1 : 0))) {
      await giveBackExecution(store.db, held.get(key)!, workerId, now());
    }
    if (store.kind !== 'postgres') return;
    const slots = new Map<string, SlotKey>();
    const keys = (await renewTargetSlots(store.db, workerId, now())).map((slot) => {
      const key = `${slot.entityId}/${slot.targetId}`;
      slots.set(key, slot);
      return key;
    });
    const inFlight = (key: string) => this.#lanes.inFlightOf(slots.get(key)!.targetId);
    for (const [key, count] of this.#straySlots.find(keys, inFlight)) await releaseTargetSlots(store.db, slots.get(key)!, workerId, count);
  }

  get inFlight(): number {
    return this.#lanes.totalInFlight;
  }

  /** Claims nothing more and waits for what is on its way to be recorded. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }

  /** Until nothing is on its way and nothing more is due. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  readonly #running = new Set<Promise<void>>();

  /** Every piece of work in the background is known, so that stopping can wait for it. */
  #run(work: Promise<void>, executionId: string | null): void {
    const tracked = work
      .catch((error) => this.#deps.onFault(error, executionId))
      .finally(() => {
        this.#running.delete(tracked);
      });
    this.#running.add(tracked);
  }

  #pump(lane: Lane): void {
    if (this.#stopped || lane.queued) return;
    lane.queued = true;
    lane.hungry = true;
    lane.wakeAt = null;
    this.#run(
      this.#turns.add({ lane, settlement: null }).then(() => {}),
      null,
    );
  }

  /**
   * Settles and claims in one transaction: the room that one makes is what the other fills. Answers who still held his lease.
   * A loss of power that undoes it sends again, which a receiver must expect.
   */
  async #take(turns: Turn[]): Promise<PromiseSettledResult<boolean>[]> {
    const { commits, workerId, now } = this.#deps;
    const settlements = turns.flatMap(({ settlement }) => settlement ?? []);
    for (const { lane, settlement } of turns) if (settlement?.status === 'pending') lane.hungry = true; // may be due at once
    const lanes = this.#stopped ? [] : this.#hungryLanesOf(turns);
    for (const lane of lanes) {
      lane.queued = false;
      lane.hungry = false; // whoever wakes it while it is being looked at makes it so again
    }
    const done = Map.groupBy(turns, ({ lane, settlement }) => (settlement ? lane.targetId : null));
    const requests: ClaimRequest[] = lanes.map((lane) => ({
      ...lane,
      inFlight: this.#lanes.inFlightOf(lane.targetId) - (done.get(lane.targetId)?.length ?? 0),
    }));
    try {
      const { settled, claimed } = await commits.run(async (tx) => {
        const won = await settleExecutions(tx, settlements);
        for (const [targetId, own] of done) if (targetId !== null) await giveBackSlots(tx, own[0]!.lane, workerId, own.length);
        return { settled: won, claimed: await claimForLanes(tx, requests, workerId, now()) };
      }, 'commit');
      for (const { lane, settlement } of turns) if (settlement) this.#letGo(lane, settlement);
      for (const [index, lane] of lanes.entries()) this.#startSending(lane, claimed[index]!);
      for (const lane of new Set([...turns.map((turn) => turn.lane), ...lanes])) this.#lanes.closeIdle(lane);
      let next = 0;
      return turns.map(({ settlement }) => ({ status: 'fulfilled', value: settlement ? settled[next++]! : false }));
    } catch (error) {
      const againAt = now() + TRY_CLAIMING_AGAIN_MS;
      for (const lane of lanes) {
        lane.hungry = true;
        lane.wakeAt = earlier(lane.wakeAt, againAt);
      }
      throw error;
    }
  }

  /** Of the turns' targets, in one order in every process: two transactions never wait for each other's slots. */
  #hungryLanesOf(turns: readonly Turn[]): Lane[] {
    const targets = [...new Set(turns.map(({ lane }) => lane.targetId))].sort((a, b) => a - b);
    return targets.flatMap((targetId) => this.#lanes.ofTarget(targetId)).filter((lane) => lane.hungry);
  }

  #letGo(lane: Lane, settlement: Settlement): void {
    this.#lanes.add(lane, -1);
    this.#inHand.delete(keyOf(settlement));
    lane.wakeAt = earlier(lane.wakeAt, settlement.dueAt);
  }

  #startSending(lane: Lane, { executions, failed, wakeAt, drained, probing, target }: Claimed): void {
    this.#lanes.add(lane, executions.length);
    for (const execution of executions) this.#inHand.add(keyOf(execution));
    lane.hungry ||= !drained;
    lane.wakeAt = earlier(lane.wakeAt, wakeAt);
    if (executions.length > 0 || failed.length > 0) {
      this.#deps.onChanged(lane.entityId, [...executions.map(({ id }) => id), ...failed]);
    }
    for (const _ of failed) this.#deps.onActivity({ kind: 'execution_ended', status: 'failed' });
    for (const execution of executions) this.#run(this.#send(lane, target!, execution, probing), execution.id);
  }

  async #send(lane: Lane, target: DeliveryTarget, execution: Execution, probing: boolean): Promise<void> {
    const { now, random, deliver, onFault, onChanged } = this.#deps;
    await this.#fresh.get(execution.id);
    const startedAt = now();
    let outcome: DeliveryOutcome | null = null;
    let storeAway = false;
    try {
      outcome = await deliver(execution);
    } catch (error) {
      storeAway = isStoreUnavailable(error);
      onFault(error, execution.id);
    }
    const jitter = (random() * 2 - 1) * RETRY_JITTER;
    const settlement = toSettlement({ execution, outcome, storeAway, startedAt, endedAt: now(), jitter });
    const settled = await this.#settle({ lane, settlement });
    if (!settled) return;
    if (outcome && (await this.#breakers.note(target, outcome, probing))) await this.wakeTarget(lane.targetId);
    onChanged(execution.entityId, [execution.id]);
    this.#deps.onAttempt({ execution, settlement, target });
    this.#tellEnded(execution, settlement);
  }

  #tellEnded({ number, createdAt }: Execution, { status, startedAt, endedAt, outcome }: Settlement): void {
    const { onActivity } = this.#deps;
    const times = { durationMs: Math.max(0, endedAt - startedAt), sinceQueuedMs: Math.max(0, endedAt - createdAt) }; // the clock may move back
    const cause = outcome?.kind === 'delivered' ? null : causeOfFailure(outcome);
    onActivity({ kind: 'attempt_ended', number, status: outcome?.response?.status ?? null, cause, ...times });
    if (status !== 'pending') onActivity({ kind: 'execution_ended', status });
  }

  /** A store that cannot be written holds the result back until it can: the request was made, and must not be made again. */
  async #settle(turn: Turn): Promise<boolean> {
    for (;;) {
      try {
        return await this.#turns.add(turn);
      } catch (error) {
        this.#deps.onFault(error, turn.settlement!.id);
        if (this.#stopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, TRY_SETTLING_AGAIN_MS));
      }
    }
  }
}

async function giveBackSlots(db: Db, { targetEntityId: entityId, targetId }: Lane, worker: string, count: number): Promise<void> {
  if (storeKindOf(db) === 'postgres') await releaseTargetSlots(db, { entityId, targetId }, worker, count);
}

const keyOf = ({ entityId, id, number }: AttemptKey) => `${entityId}/${id}/${number}`;

const earlier = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));

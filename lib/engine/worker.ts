import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { RETRY_JITTER } from '#lib/domain/retry.ts';
import type { Store } from '#lib/store/connect.ts';
import type { DeliveryTarget } from '#lib/store/delivery-targets.ts';
import { type DueTarget, listDueTargets, reclaimAll, renewLeases } from '#lib/store/executions.ts';
import { type Settlement, settleExecutions } from '#lib/store/settle-executions.ts';
import { Breakers, type TargetNews } from './breakers.ts';
import { type Claimed, type ClaimRequest, claimForLanes } from './claim.ts';
import { Coalescer } from './coalesce.ts';
import { type Lane, Lanes } from './lane.ts';
import { toSettlement } from './to-settlement.ts';

/** Sends one attempt. Reads URL, token and secrets itself, each time; a receiver's failure is an outcome, never an exception. */
export type Deliver = (execution: Execution) => Promise<DeliveryOutcome>;

export type WorkerDeps = {
  store: Store;
  now: () => number;
  /** From 0 to 1; makes the jitter of retries. */
  random: () => number;
  /** Names this process; nobody else uses it. */
  workerId: string;
  deliver: Deliver;
  /** After the commit: executions that were claimed or settled. */
  onChanged: (entityId: number, executionIds: readonly string[]) => void;
  /** An integration was paused, was disabled or works again; whoever tells its admins must not throw. */
  onTargetNews?: (news: TargetNews) => void;
  onFault: (error: unknown, executionId: string | null) => void;
};

const CLAIMS_PER_COMMIT = 64;
const SETTLED_PER_COMMIT = 200;
export const RENEW_EVERY_MS = 2000;

/**
 * Claims what is due, target by target, sends it and records what came of it. A target never has more in flight than it
 * allows, and waiting rows of one are not read while another is served.
 */
export class Worker {
  readonly #deps: WorkerDeps;
  readonly #lanes = new Lanes();
  readonly #breakers: Breakers;
  readonly #claims: Coalescer<Lane, Claimed>;
  readonly #settlements: Coalescer<Settlement, boolean>;
  #stopped = false;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    this.#breakers = new Breakers(deps.store.db, deps.now, deps.onTargetNews ?? (() => {}));
    this.#claims = new Coalescer(async (lanes) => fulfilled(await this.#claimFor(lanes)), CLAIMS_PER_COMMIT);
    this.#settlements = new Coalescer(
      async (settlements) => fulfilled(await settleExecutions(deps.store.db, settlements)),
      SETTLED_PER_COMMIT,
    );
  }

  /** Something of this target has come due. */
  wake(target: DueTarget): void {
    this.#pump(this.#lanes.open(target));
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

  /** On the embedded database, which only one process holds: what a dead one had in hand is due at once. */
  async takeOver(): Promise<number> {
    if (this.#deps.store.kind !== 'sqlite') return 0;
    return reclaimAll(this.#deps.store.db, this.#deps.workerId, this.#deps.now());
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

  /** Keeps what is in hand ours. */
  async renew(): Promise<void> {
    if (this.#lanes.totalInFlight > 0) await renewLeases(this.#deps.store.db, this.#deps.workerId, this.#deps.now());
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
    if (this.#stopped) return;
    if (lane.claiming) {
      lane.wokenMeanwhile = true;
      return;
    }
    lane.claiming = true;
    lane.wakeAt = null;
    this.#run(this.#claim(lane), null);
  }

  /** What is in flight counts at the moment of the claim, not of the request for it. */
  async #claimFor(lanes: Lane[]): Promise<Claimed[]> {
    const { store, workerId, now } = this.#deps;
    const requests: ClaimRequest[] = lanes.map((lane) => ({ ...lane, inFlight: this.#lanes.inFlightOf(lane.targetId) }));
    const claimed = await claimForLanes(store, requests, workerId, now());
    for (const [index, { executions }] of claimed.entries()) this.#lanes.add(lanes[index]!, executions.length);
    return claimed;
  }

  async #claim(lane: Lane): Promise<void> {
    try {
      const { executions, wakeAt, probing, failed, target } = await this.#claims.add(lane);
      lane.wakeAt = earlier(lane.wakeAt, wakeAt);
      if (executions.length > 0 || failed.length > 0) {
        this.#deps.onChanged(lane.entityId, [...executions.map(({ id }) => id), ...failed]);
      }
      for (const execution of executions) this.#run(this.#send(lane, target!, execution, probing), execution.id);
    } catch (error) {
      lane.wakeAt = this.#deps.now() + 1000;
      throw error;
    } finally {
      lane.claiming = false;
      if (lane.wokenMeanwhile) {
        lane.wokenMeanwhile = false;
        this.#pump(lane);
      }
      this.#lanes.closeIdle(lane);
    }
  }

  async #send(lane: Lane, target: DeliveryTarget, execution: Execution, probing: boolean): Promise<void> {
    const { now, random, deliver, onFault, onChanged } = this.#deps;
    const startedAt = now();
    let outcome: DeliveryOutcome | null = null;
    try {
      outcome = await deliver(execution);
    } catch (error) {
      onFault(error, execution.id);
    }
    const jitter = (random() * 2 - 1) * RETRY_JITTER;
    const settlement = toSettlement({ execution, outcome, startedAt, endedAt: now(), jitter });
    let settled = false;
    try {
      settled = await this.#settlements.add(settlement);
      if (settled && outcome) await this.#breakers.note(target, outcome, probing);
    } finally {
      this.#lanes.add(lane, -1);
      if (settlement.dueAt !== null) lane.wakeAt = earlier(lane.wakeAt, settlement.dueAt);
      this.#pumpTarget(lane);
      if (settled) onChanged(execution.entityId, [execution.id]);
    }
  }

  /** A slot has become free: every lane of the target may go on. */
  #pumpTarget(lane: Lane): void {
    for (const other of this.#lanes.ofTarget(lane.targetId)) this.#pump(other);
  }
}

const fulfilled = <Value>(values: Value[]): PromiseSettledResult<Value>[] => values.map((value) => ({ status: 'fulfilled', value }));

const earlier = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));

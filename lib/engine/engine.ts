import { Commits } from '#lib/store/commits.ts';
import type { Store } from '#lib/store/connect.ts';
import type { DueTarget, NewExecution } from '#lib/store/executions.ts';
import type { Activity } from './activity.ts';
import { Compactor } from './compactor.ts';
import { DeliveryHealth } from './delivery-health.ts';
import type { EngineMemory } from './ingest.ts';
import { type EngineDeps, EventIngest } from './ingest-event.ts';
import { MetricWindows } from './metric-windows.ts';
import { NearMisses } from './near-misses.ts';
import { Peers } from './peers.ts';
import { ExecutionFeed, type ExecutionsChanged, Feed } from './publish.ts';
import { Scheduler, type SchedulerDeps } from './scheduler.ts';
import { type EndedAttempt, RENEW_EVERY_MS, Worker, type WorkerDeps } from './worker.ts';

export type EngineOptions = { store: Store } & Pick<SchedulerDeps, 'publicUrl' | 'runTimeoutMs'> &
  Pick<EngineDeps, 'now' | 'newId'> &
  Pick<WorkerDeps, 'random' | 'workerId' | 'deliver' | 'onTargetNews' | 'onFault'> &
  /** For the log. */
  Partial<Pick<EngineDeps, 'onQueued'> & Pick<WorkerDeps, 'onAttempt'>>;

const TICK_MS = 25;
const SCHEDULE_EVERY_MS = 1000;
const KEEP_NOTES_EVERY_MS = 3000;
/** Only a fallback on the embedded database, where one process knows of everything that is queued. */
const SWEEP_EVERY_MS = { sqlite: 30_000, postgres: 5000 };

/** The pipeline of one process: takes events, delivers what they cause, tells who listens. */
export class Engine {
  readonly ingest: EventIngest;
  readonly worker: Worker;
  readonly scheduler: Scheduler;
  readonly compactor: Compactor;
  readonly feed = new ExecutionFeed();
  readonly activity = new Feed<Activity>();
  readonly #memory: EngineMemory = { candidates: new Map(), windows: new MetricWindows(), nearMisses: new NearMisses() };
  readonly #health = new DeliveryHealth();
  readonly #options: EngineOptions;
  readonly #peers: Peers;
  #timers: NodeJS.Timeout[] = [];
  #renewing: NodeJS.Timeout | undefined;
  #sweptAt: number | null = null;
  readonly #failing = new Set<() => Promise<void>>();
  readonly #turns = new Set<Promise<void>>();

  constructor(options: EngineOptions) {
    this.#options = options;
    const { store, now, newId, random, workerId, deliver, onTargetNews, onFault, publicUrl, runTimeoutMs } = options;
    const commits = new Commits(store);
    this.compactor = new Compactor(commits, (error) => onFault(error, null));
    this.ingest = new EventIngest({
      commits,
      now,
      newId,
      memory: this.#memory,
      onAccepted: (events) => {
        for (const { type } of events) this.activity.publish({ kind: 'event_accepted', type });
      },
      onQueued: (executions, requestId, onDisk) => {
        options.onQueued?.(executions, requestId, onDisk);
        this.tellQueued(executions, onDisk);
      },
      onGrown: (grown) => this.compactor.note(grown),
    });
    this.scheduler = new Scheduler({ db: store.db, ingest: this.ingest, now, publicUrl, runTimeoutMs });
    const onChanged = (entityId: number, ids: readonly string[]) => this.#tellChanged({ entityId, ids });
    const onActivity = (activity: Activity) => this.activity.publish(activity);
    const onAttempt = (attempt: EndedAttempt) => {
      const { outcome, endedAt } = attempt.settlement;
      if (outcome) this.#health.note(attempt.target, outcome, endedAt);
      options.onAttempt?.(attempt);
    };
    const told = { onChanged, onActivity, onAttempt, onFault, ...(onTargetNews && { onTargetNews }) };
    this.worker = new Worker({ store, commits, now, random, workerId, deliver, ...told });
    const news = {
      onWake: (target: DueTarget) => this.worker.wake(target),
      onChanged: (changed: ExecutionsChanged) => this.feed.publish(changed),
    };
    this.#peers = new Peers(store, workerId, news, (error) => onFault(error, null));
  }

  /** After the commit of what was queued, `onDisk` where the disk has it only then: wakes workers here and elsewhere, feeds live pages. */
  tellQueued(executions: readonly Pick<NewExecution, 'entityId' | 'id' | 'action' | 'status'>[], onDisk?: Promise<void>): void {
    for (const { entityId, id, action, status } of executions) {
      this.#tellChanged({ entityId, ids: [id] });
      if (status === 'finished' || status === 'skipped') this.activity.publish({ kind: 'execution_ended', status });
      if (status !== 'pending' || action.kind === 'nothing') continue;
      const target = { entityId, targetId: action.target.targetId, targetEntityId: action.target.entityId };
      this.worker.wake(target, onDisk && { executionId: id, onDisk });
      this.#peers.tellQueued(target);
    }
  }

  /** The same for what was queued again, all to one target. */
  tellRequeued({ entityId, targetId, targetEntityId }: DueTarget, ids: readonly string[]): void {
    const target = { entityId, targetId, targetEntityId };
    this.#tellChanged({ entityId, ids });
    this.worker.wake(target);
    this.#peers.tellQueued(target);
  }

  #tellChanged(changed: ExecutionsChanged): void {
    this.feed.publish(changed);
    this.#peers.tellChanged(changed);
  }

  /** Takes up what a dead process left, then goes on by itself. */
  async start(): Promise<void> {
    await this.#peers.open();
    await this.worker.takeOver();
    await this.worker.sweep();
    this.#sweptAt = performance.now();
    this.#renewing = this.#every(RENEW_EVERY_MS, () => this.worker.renew());
    this.#timers = [
      this.#every(TICK_MS, async () => {
        this.worker.tick();
      }),
      this.#every(SCHEDULE_EVERY_MS, () => this.scheduler.tick()),
      this.#every(KEEP_NOTES_EVERY_MS, () => this.keepNotes()),
      this.#every(SWEEP_EVERY_MS[this.#options.store.kind], async () => {
        await this.worker.sweep();
        this.#sweptAt = performance.now();
      }),
    ];
  }

  /** For /ready; null when all is well. */
  trouble(): string | null {
    if (this.#sweptAt === null) return 'The worker has not started.';
    if (this.#failing.size > 0) return 'The database cannot be read or written.';
    const patience = 3 * SWEEP_EVERY_MS[this.#options.store.kind];
    return performance.now() - this.#sweptAt > patience ? 'The worker cannot read the queue.' : null;
  }

  /** Claims nothing more, waits for what is on its way, keeps the notes in memory. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    await Promise.all(this.#turns); // the scheduler's is one, and brings events
    await this.ingest.idle();
    await this.compactor.stop();
    await this.worker.stop();
    clearInterval(this.#renewing); // not before: a receiver may be slower than a lease is long
    await Promise.all(this.#turns);
    await this.#peers.close();
    await this.keepNotes();
  }

  /** Writes what is gathered in memory: why automations did not fire, and what became of attempts. */
  async keepNotes(): Promise<void> {
    const { now, store } = this.#options;
    const { db } = store;
    await this.#memory.nearMisses.write(db, now());
    await this.#health.write(db);
  }

  /** A turn that fails is reported, and the next one comes anyway; turns do not overlap. */
  #every(intervalMs: number, turn: () => Promise<void>): NodeJS.Timeout {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      const running = turn()
        .then(
          () => void this.#failing.delete(turn),
          (error) => {
            this.#failing.add(turn);
            this.#options.onFault(error, null);
          },
        )
        .finally(() => {
          busy = false;
          this.#turns.delete(running);
        });
      this.#turns.add(running);
    }, intervalMs);
  }
}

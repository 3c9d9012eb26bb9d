import type { Place } from '#lib/domain/scope.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { CandidateCache } from '#lib/store/candidates.ts';
import type { Db } from '#lib/store/connect.ts';
import { insertEvents } from '#lib/store/events.ts';
import { type NewExecution, queueExecutions } from '#lib/store/executions.ts';
import type { Growth } from './compactor.ts';
import { Expected, type ExpectedRuns } from './expected.ts';
import { FiringCounts } from './firing-counts.ts';
import { FiringSlots } from './firing-slots.ts';
import type { MetricWindows } from './metric-windows.ts';
import { type NearMisses, NewNearMisses } from './near-misses.ts';
import { NewLines } from './new-lines.ts';
import { RunsInHand } from './runs-in-hand.ts';
import { TargetStates } from './target-states.ts';
import { Watchers } from './watchers.ts';

export type NewId = (prefix: 'evt' | 'exe', nowMs: number) => string;

/** What outlives one transaction: all of it can be lost without harm. */
export type EngineMemory = { candidates: CandidateCache; windows: MetricWindows; nearMisses: NearMisses };

/** Who sends, and what they may touch besides the place they send to. */
export type Sender = {
  username: string | null;
  userId: number | null;
  /** Throws `not_found` or `forbidden` where the sender may not write to the registry or project that an event names. */
  requireWrite: (db: Db, place: Place) => Promise<void>;
};

/** What happens by itself has no author. */
export const SYSTEM_SENDER: Sender = { username: null, userId: null, requireWrite: async () => {} };

/** One transaction of events on its way: what it read, and what it writes at its end in few statements. */
export class Ingest {
  readonly tx: Db;
  readonly nowMs: number;
  readonly newId: NewId;
  readonly memory: EngineMemory;
  readonly runs: RunsInHand;
  readonly watchers: Watchers;
  /** The places that calls of this transaction opened, by entity and name. */
  readonly places = new Map<string, Place>();
  readonly counts: FiringCounts;
  readonly slots: FiringSlots;
  readonly lines: NewLines;
  readonly targets: TargetStates;
  readonly nearMisses: NewNearMisses;
  /** The streams of lines that grew, for whoever puts their chunks together. */
  readonly grown: Growth[] = [];
  readonly #events: TrackedEvent[] = [];
  readonly #executions: NewExecution[] = [];

  constructor(tx: Db, nowMs: number, newId: NewId, memory: EngineMemory, expected: Iterable<ExpectedRuns> = []) {
    this.tx = tx;
    this.nowMs = nowMs;
    this.newId = newId;
    this.memory = memory;
    const expecting = new Expected(expected);
    this.runs = new RunsInHand(tx, nowMs, expecting);
    this.watchers = new Watchers(tx, memory.candidates);
    this.counts = new FiringCounts(tx, nowMs);
    this.slots = new FiringSlots(tx, nowMs, expecting);
    this.lines = new NewLines(tx, nowMs);
    this.targets = new TargetStates(tx);
    this.nearMisses = new NewNearMisses(memory.nearMisses);
  }

  keepEvent(event: TrackedEvent): void {
    this.#events.push(event);
  }

  queue(execution: NewExecution): void {
    this.#executions.push(execution);
  }

  /** The events kept so far, in order. */
  get events(): readonly TrackedEvent[] {
    return this.#events;
  }

  /** The executions queued so far, in order. */
  get executions(): readonly NewExecution[] {
    return this.#executions;
  }

  /** Writes what was gathered. Nothing may be added afterwards. */
  async finish(): Promise<void> {
    await this.runs.write();
    await this.lines.write();
    await this.slots.write();
    await insertEvents(this.tx, this.#events);
    await queueExecutions(this.tx, this.#executions);
    await this.counts.write();
  }

  /** After a rollback: what was learnt from rows that are not there is forgotten. */
  discard(): void {
    this.memory.windows.forget(this.runs.numbers());
  }
}

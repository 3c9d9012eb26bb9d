import type { EventDocument } from '#lib/domain/event-document.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { Commits } from '#lib/store/commits.ts';
import { type Db, isLostRace, isStoreUnavailable, toStoreError } from '#lib/store/connect.ts';
import { rememberClientIds } from '#lib/store/events.ts';
import type { NewExecution } from '#lib/store/executions.ts';
import { applyArtifactDocument } from './apply-artifact.ts';
import { applyRunDocument } from './apply-run.ts';
import { applyStream, type StreamAnswer, type StreamBatch } from './apply-stream.ts';
import { Coalescer } from './coalesce.ts';
import type { Growth } from './compactor.ts';
import { sourceOf } from './event-source.ts';
import type { ExpectedRuns } from './expected.ts';
import { type EngineMemory, Ingest, type NewId, type Sender } from './ingest.ts';
import { openProject } from './places.ts';

/** What the engine is given from outside, so that tests own it. */
export type EngineDeps = {
  commits: Commits;
  now: () => number;
  newId: NewId;
  memory: EngineMemory;
  /** Told after the commit what was queued, call by call: wakes the worker, feeds live pages. `onDisk`: see `OnCommit`. */
  onQueued: (executions: readonly NewExecution[], requestId: string | null, onDisk?: Promise<void>) => void;
  /** Told after the commit what was accepted. */
  onAccepted: (events: readonly TrackedEvent[]) => void;
  /** Told after the commit which runs have more lines, or have ended. */
  onGrown: (grown: readonly Growth[]) => void;
};

export type EventBatch = {
  sender: Sender;
  entityId: number;
  /** The project's name; it is made with its first event. */
  project: string;
  documents: readonly EventDocument[];
  /** Whether the sender sent a list: then faults are named by their place in it. */
  isList: boolean;
  /** The request that it came with, for the log. */
  requestId?: string | null;
};

/** `executions` are those of this call, in order. */
export type Accepted = { accepted: number; duplicates: number; executions: string[] };

const CALLS_PER_COMMIT = 64;
/** Each lost race is one that another process won. */
const MOST_TRIES = 20;

/** What one call does inside the transaction: whole or, by throwing, not at all. */
export type IngestWork<Result> = (ingest: Ingest) => Promise<Result>;

type Call = { work: IngestWork<unknown>; requestId: string | null; expects?: ExpectedRuns };

/**
 * Takes events: whole call or nothing, in order, idempotent by the sender's ids, answered after the commit. Events and the
 * executions they cause commit together, and what arrives together shares a transaction.
 */
export class EventIngest {
  readonly #deps: EngineDeps;
  readonly #calls: Coalescer<Call, unknown>;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#calls = new Coalescer((calls) => this.#ingest(calls), CALLS_PER_COMMIT);
  }

  ingestEvents(batch: EventBatch): Promise<Accepted> {
    const { entityId, project, documents, requestId = null } = batch;
    const runs = documents.flatMap((document) => ('run' in document ? document.run : []));
    return this.#add((ingest) => applyBatch(ingest, batch), requestId, { entityId, project, runs });
  }

  /** What a run's file stream sent. Refusals are answers here, so that one lost run costs its neighbours nothing. */
  ingestStream(batch: StreamBatch): Promise<StreamAnswer> {
    const { entityId, project } = batch.place;
    const runs = [{ id: batch.runId }];
    return this.#add((ingest) => applyStream(ingest, batch), batch.requestId ?? null, { entityId, project, runs });
  }

  /** Changes something and reacts to it in one transaction. `work` may run more than once: when a neighbour that failed, or another process that was faster, undid it. */
  apply<Result>(work: IngestWork<Result>, requestId: string | null = null): Promise<Result> {
    return this.#add(work, requestId);
  }

  #add<Result>(work: IngestWork<Result>, requestId: string | null, expects?: ExpectedRuns): Promise<Result> {
    return this.#calls.add({ work, requestId, ...(expects && { expects }) }) as Promise<Result>;
  }

  /** Until everything that was given is answered. */
  idle(): Promise<void> {
    return this.#calls.idle();
  }

  async #ingest(calls: Call[]): Promise<PromiseSettledResult<unknown>[]> {
    try {
      return (await this.#commitAtLast(calls)).map((value) => ({ status: 'fulfilled', value }));
    } catch (error) {
      // One call that is refused or fails must not take its neighbours along: each gets a transaction of its own.
      if (calls.length === 1 || isStoreUnavailable(error)) throw toStoreError(error);
      return this.#deps.commits.runEach(calls, (call) => this.#commitAlone(call));
    }
  }

  async #commitAlone(call: Call): Promise<unknown> {
    try {
      return (await this.#commitAtLast([call]))[0];
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** Of processes that make or change the same at once one wins; the others find what it made. */
  async #commitAtLast(calls: Call[]): Promise<unknown[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#commit(calls);
      } catch (error) {
        if (!isLostRace(error) || tries === MOST_TRIES) throw error;
      }
    }
  }

  async #commit(calls: Call[]): Promise<unknown[]> {
    const { commits, memory, newId, now, onQueued, onAccepted, onGrown } = this.#deps;
    let ingest: Ingest | undefined;
    /** Up to which of the executions each call reached. */
    const reached: number[] = [];
    try {
      const work = async (tx: Db) => {
        const expected = calls.flatMap(({ expects }) => expects ?? []);
        ingest = new Ingest(tx, now(), newId, memory, expected);
        const answered: unknown[] = [];
        reached.length = 0;
        for (const { work } of calls) {
          answered.push(await work(ingest));
          reached.push(ingest.executions.length);
        }
        await ingest.finish();
        return answered;
      };
      const answers = await commits.run(work, 'disk', (onDisk) => {
        for (const [index, { requestId }] of calls.entries()) {
          const queued = ingest!.executions.slice(reached[index - 1] ?? 0, reached[index]);
          if (queued.length > 0) onQueued(queued, requestId, onDisk);
        }
      });
      ingest!.nearMisses.keep();
      onAccepted(ingest!.events);
      onGrown(ingest!.grown);
      return answers;
    } catch (error) {
      ingest?.discard();
      throw error;
    }
  }
}

async function applyBatch(ingest: Ingest, batch: EventBatch): Promise<Accepted> {
  const place = await openOnce(ingest, batch);
  const isDuplicate = await findDuplicates(ingest.tx, place, batch.documents, ingest.nowMs);
  const before = ingest.executions.length;
  let duplicates = 0;
  for (const [index, document] of batch.documents.entries()) {
    if (isDuplicate(document)) {
      duplicates++;
      continue;
    }
    const source = sourceOf(document, batch.sender, place, batch.isList ? index : undefined);
    if ('run' in document) await applyRunDocument(ingest, source, document);
    else await applyArtifactDocument(ingest, source, document);
  }
  return {
    accepted: batch.documents.length - duplicates,
    duplicates,
    executions: ingest.executions.slice(before).map((execution) => execution.id),
  };
}

async function openOnce(ingest: Ingest, { sender, entityId, project }: EventBatch): Promise<Place> {
  const key = `${entityId}/${project}`;
  const known = ingest.places.get(key);
  if (known) return known;
  const { artifactTypes: _, ...place } = await openProject(ingest.tx, sender, entityId, project, ingest.nowMs);
  ingest.places.set(key, place);
  return place;
}

/** A known id does nothing; one that stands twice in a batch counts once. */
async function findDuplicates(tx: Db, place: Place, documents: readonly EventDocument[], nowMs: number) {
  const ids = [...new Set(documents.flatMap((document) => document.id ?? []))];
  const spent = await rememberClientIds(tx, place, ids, nowMs);
  return ({ id }: EventDocument) => {
    if (id === undefined) return false;
    if (spent.has(id)) return true;
    spent.add(id);
    return false;
  };
}

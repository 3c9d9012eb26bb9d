import type { EventDocument } from '#lib/domain/event-document.ts';
import type { Place } from '#lib/domain/scope.ts';
import { isAppError } from '#lib/errors.ts';
import { type Db, inTransaction, type Store, toStoreError } from '#lib/store/connect.ts';
import { rememberClientIds } from '#lib/store/events.ts';
import type { NewExecution } from '#lib/store/executions.ts';
import { applyArtifactDocument } from './apply-artifact.ts';
import { applyRunDocument } from './apply-run.ts';
import { Coalescer } from './coalesce.ts';
import { sourceOf } from './event-source.ts';
import { type EngineMemory, Ingest, type NewId, type Sender } from './ingest.ts';
import { openProject } from './places.ts';

/** What the engine is given from outside, so that tests own it. */
export type EngineDeps = {
  store: Store;
  now: () => number;
  newId: NewId;
  memory: EngineMemory;
  /** Told after the commit what was queued: wakes the worker, feeds live pages. */
  onQueued: (executions: readonly NewExecution[]) => void;
};

export type EventBatch = {
  sender: Sender;
  entityId: number;
  /** The project's name; it is made with its first event. */
  project: string;
  documents: readonly EventDocument[];
  /** Whether the sender sent a list: then faults are named by their place in it. */
  isList: boolean;
};

/** `executions` are those of this call, in order. */
export type Accepted = { accepted: number; duplicates: number; executions: string[] };

const CALLS_PER_COMMIT = 64;

/**
 * Takes events: whole call or nothing, in order, idempotent by the sender's ids, answered after the commit. Events and the
 * executions they cause commit together, and what arrives together shares a transaction.
 */
export class EventIngest {
  readonly #deps: EngineDeps;
  readonly #calls: Coalescer<EventBatch, Accepted>;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#calls = new Coalescer((batches) => this.#ingest(batches), CALLS_PER_COMMIT);
  }

  ingestEvents(batch: EventBatch): Promise<Accepted> {
    return this.#calls.add(batch);
  }

  /** Until everything that was given is answered. */
  idle(): Promise<void> {
    return this.#calls.idle();
  }

  async #ingest(batches: EventBatch[]): Promise<PromiseSettledResult<Accepted>[]> {
    try {
      return (await this.#commit(batches)).map((value) => ({ status: 'fulfilled', value }));
    } catch (error) {
      // One refused call must not take its neighbours along: each gets a transaction of its own.
      if (batches.length === 1 || !isAppError(error)) throw toStoreError(error);
      return Promise.allSettled(batches.map((batch) => this.#commit([batch]).then(([accepted]) => accepted!)));
    }
  }

  async #commit(batches: EventBatch[]): Promise<Accepted[]> {
    const { store, memory, newId, now, onQueued } = this.#deps;
    let ingest: Ingest | undefined;
    try {
      const accepted = await inTransaction(store.db, async (tx) => {
        ingest = new Ingest(tx, now(), newId, memory);
        const answers: Accepted[] = [];
        for (const batch of batches) answers.push(await applyBatch(ingest, batch));
        await ingest.finish();
        return answers;
      });
      onQueued(ingest!.executions);
      return accepted;
    } catch (error) {
      ingest?.discard();
      throw error;
    }
  }
}

async function applyBatch(ingest: Ingest, batch: EventBatch): Promise<Accepted> {
  const { artifactTypes: _, ...place } = await openProject(ingest.tx, batch.sender, batch.entityId, batch.project, ingest.nowMs);
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

import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Place } from '#lib/domain/scope.ts';
import { type Candidate, type CandidateCache, findCandidates } from '#lib/store/candidates.ts';
import type { Db } from '#lib/store/connect.ts';

/** The automations that watch a place. The many events of one transaction ask the same, so each question is asked once. */
export class Watchers {
  readonly #tx: Db;
  readonly #cache: CandidateCache;
  readonly #found = new Map<string, Promise<Candidate[]>>();

  constructor(tx: Db, cache: CandidateCache) {
    this.#tx = tx;
    this.#cache = cache;
  }

  find(place: Place, on: readonly AutomationEvent[], metrics?: readonly string[]): Promise<Candidate[]> {
    const key = JSON.stringify([place.projectId || `e${place.entityId}`, place.collectionId, on, metrics]);
    let found = this.#found.get(key);
    if (!found) {
      found = findCandidates(this.#tx, this.#cache, place, on, metrics);
      this.#found.set(key, found);
    }
    return found;
  }
}

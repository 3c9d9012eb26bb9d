import { slotOfRun, slotOfState } from '#lib/domain/limits.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { RunState, TrackedEvent } from '#lib/domain/tracked-event.ts';

/** The runs that a call is about to ask for, in a project known by its name, and the state that it moves them to. */
export type ExpectedRuns = { entityId: number; project: string; runs: readonly { id: string; state?: RunState | undefined }[] };

/** What the calls of one transaction will ask for, so that the first to ask reads it for all of them. */
export class Expected {
  readonly #runs = new Map<string, ExpectedRuns['runs'][number][]>();

  constructor(calls: Iterable<ExpectedRuns>) {
    for (const { entityId, project, runs } of calls) {
      const key = `${entityId}/${project}`;
      const known = this.#runs.get(key);
      if (known) known.push(...runs);
      else this.#runs.set(key, [...runs]);
    }
  }

  runsOf(place: Pick<Place, 'entityId' | 'project'>): string[] {
    return this.#of(place).map(({ id }) => id);
  }

  /** The slots that more events of this event's kind may ask for. */
  slotsLike({ type, place }: TrackedEvent): string[] {
    const runs = this.#of(place);
    if (type === 'run.state') return runs.flatMap(({ id, state }) => (state === undefined ? [] : slotOfState(place, id, state)));
    return type === 'run.metrics' ? runs.map(({ id }) => slotOfRun(place, id)) : [];
  }

  #of({ entityId, project }: Pick<Place, 'entityId' | 'project'>) {
    return this.#runs.get(`${entityId}/${project}`) ?? [];
  }
}

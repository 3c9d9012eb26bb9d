import type { Run, RunProgress } from '#lib/domain/run.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { RunFacts } from '#lib/domain/tracked-event.ts';
import { lostRace } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findRunsForUpdate, insertRuns, newRun, type RunWithProgress, updateRun, updateRunProgress } from '#lib/store/runs.ts';
import type { Expected } from './expected.ts';
import { NumberBlock } from './number-block.ts';

type InHand = RunWithProgress & {
  readVersion: number;
  /** Made by this transaction and not written yet. */
  isNew: boolean;
  runChanged: boolean;
  progressChanged: boolean;
};

/** The runs that one transaction works on: read together, changed in memory, written together at the end. */
export class RunsInHand {
  readonly #tx: Db;
  readonly #nowMs: number;
  readonly #expected: Expected;
  readonly #numbers: NumberBlock;
  readonly #runs = new Map<string, InHand>();
  /** Looked for and not there. */
  readonly #absent = new Set<string>();

  constructor(tx: Db, nowMs: number, expected: Expected) {
    this.#tx = tx;
    this.#nowMs = nowMs;
    this.#expected = expected;
    this.#numbers = new NumberBlock(tx, 'run');
  }

  async find(place: Place, runId: string): Promise<InHand | null> {
    const key = keyOf(place, runId);
    if (!this.#runs.has(key) && !this.#absent.has(key)) await this.#read(place, new Set([runId, ...this.#expected.runsOf(place)]));
    return this.#runs.get(key) ?? null;
  }

  async #read(place: Place, runIds: ReadonlySet<string>): Promise<void> {
    const unknown = [...runIds].filter((runId) => !this.#runs.has(keyOf(place, runId)) && !this.#absent.has(keyOf(place, runId)));
    for (const runId of unknown) this.#absent.add(keyOf(place, runId));
    for (const found of await findRunsForUpdate(this.#tx, place.entityId, place.projectId, unknown)) {
      this.#absent.delete(keyOf(place, found.run.runId));
      this.#hold(found, false);
    }
  }

  /** It is written with the others at the end, or by `insertNew`. */
  async insert(run: Omit<Run, 'id'>): Promise<InHand> {
    return this.#hold(newRun({ ...run, id: await this.#numbers.next() }), true);
  }

  /** For those who look for new runs with a statement of their own. */
  async insertNew(): Promise<void> {
    const made = [...this.#runs.values()].filter((held) => held.isNew);
    await insertRuns(this.#tx, made);
    for (const held of made)
      Object.assign(held, { readVersion: held.progress.version, isNew: false, runChanged: false, progressChanged: false });
  }

  #hold(found: RunWithProgress, isNew: boolean): InHand {
    const held: InHand = { ...found, readVersion: found.progress.version, isNew, runChanged: false, progressChanged: false };
    this.#runs.set(keyOf(found.run, found.run.runId), held);
    return held;
  }

  changeRun(held: InHand, changes: Partial<Run>): void {
    Object.assign(held.run, changes, { updatedAt: this.#nowMs });
    held.runChanged = true;
  }

  changeProgress(held: InHand, changes: Partial<RunProgress>): void {
    Object.assign(held.progress, changes);
    held.progressChanged = true;
  }

  /** The run as an event sees it now. */
  factsOf(held: RunWithProgress): RunFacts {
    return toRunFacts(held, this.#nowMs);
  }

  numbers(): number[] {
    return [...this.#runs.values()].map(({ run }) => run.id);
  }

  async write(): Promise<void> {
    await this.insertNew();
    for (const held of this.#runs.values()) {
      if (held.runChanged) await updateRun(this.#tx, held.run);
      if (!held.progressChanged) continue;
      const written = await updateRunProgress(this.#tx, held.run, held.readVersion, held.progress);
      if (!written) throw lostRace(`The run "${held.run.runId}" was changed by another process at the same moment. Send the batch again.`);
    }
  }
}

const keyOf = ({ projectId }: { projectId: number }, runId: string) => `${projectId}/${runId}`;

export type { InHand };

import type { Run, RunProgress } from '#lib/domain/run.ts';
import type { RunFacts } from '#lib/domain/tracked-event.ts';
import { conflict } from '#lib/errors.ts';
import { type Db, storeKindOf } from '#lib/store/connect.ts';
import { findRunForUpdate, insertRun, type RunWithProgress, updateRun, updateRunProgress } from '#lib/store/runs.ts';
import { NumberBlock } from './number-block.ts';

type InHand = RunWithProgress & { readVersion: number; runChanged: boolean; progressChanged: boolean };

/** The runs that one transaction works on: each read once, changed in memory, written once at the end. */
export class RunsInHand {
  readonly #tx: Db;
  readonly #nowMs: number;
  readonly #numbers: NumberBlock;
  readonly #runs = new Map<string, InHand>();

  constructor(tx: Db, nowMs: number) {
    this.#tx = tx;
    this.#nowMs = nowMs;
    this.#numbers = new NumberBlock(tx, 'run');
  }

  async find(place: { entityId: number; projectId: number }, runId: string): Promise<InHand | null> {
    const key = `${place.projectId}/${runId}`;
    const held = this.#runs.get(key);
    if (held) return held;
    const found = await findRunForUpdate(this.#tx, place.entityId, place.projectId, runId, storeKindOf(this.#tx) === 'postgres');
    return found ? this.#hold(key, found) : null;
  }

  async insert(run: Omit<Run, 'id'>): Promise<InHand> {
    return this.#hold(`${run.projectId}/${run.runId}`, await insertRun(this.#tx, run, {}, await this.#numbers.next()));
  }

  #hold(key: string, found: RunWithProgress): InHand {
    const held: InHand = { ...found, readVersion: found.progress.version, runChanged: false, progressChanged: false };
    this.#runs.set(key, held);
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
  factsOf({ run, progress }: RunWithProgress): RunFacts {
    return {
      id: run.id,
      runId: run.runId,
      name: run.name,
      user: run.user,
      state: run.state,
      tags: run.tags,
      group: run.group,
      jobType: run.jobType,
      config: run.config,
      summary: progress.summary,
      createdAt: run.createdAt,
      durationSeconds: Math.max(0, Math.round(((run.finishedAt ?? this.#nowMs) - run.createdAt) / 1000)),
    };
  }

  numbers(): number[] {
    return [...this.#runs.values()].map(({ run }) => run.id);
  }

  async write(): Promise<void> {
    for (const held of this.#runs.values()) {
      if (held.runChanged) await updateRun(this.#tx, held.run);
      if (!held.progressChanged) continue;
      const written = await updateRunProgress(this.#tx, held.run, held.readVersion, held.progress);
      if (!written) throw conflict(`The run "${held.run.runId}" was changed by another process at the same moment. Send the batch again.`);
    }
  }
}

export type { InHand };

import type { JsonValue } from '#lib/domain/json.ts';
import { RunId } from '#lib/domain/names.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { hasEnded, type Run } from '#lib/domain/run.ts';
import { runName } from '#lib/domain/run-names.ts';
import type { RunState } from '#lib/domain/tracked-event.ts';
import { changeRunState } from '#lib/engine/apply-run.ts';
import { startRun } from '#lib/engine/start-run.ts';
import { notFound } from '#lib/errors.ts';
import { countRuns, findRunByNumberAlone } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import { type Change, changeInPlace } from '../places/change-in-place.ts';
import { openPlace } from '../places/open-place.ts';
import { placeOfRun, type RunPlace } from './find-run.ts';

type Json = Record<string, JsonValue>;

/** What is said of a run; what is not said stays as it is. */
export type RunDraft = {
  name?: string;
  group?: string;
  jobType?: string;
  tags?: string[];
  notes?: string;
  config?: Json;
  summary?: Json;
  state?: RunState;
  /** Added to what is known already. */
  details?: Json;
};

/** A run by its number, or by its id in a project, which is made with its first run. */
export type RunAddress = { number: number } | { entity: string; project: string; runId: string };

/** Makes the run or changes it. Naming an ended run by its id takes it up again. */
export async function upsertRun(ctx: Context, address: RunAddress, draft: RunDraft): Promise<{ run: RunPlace; inserted: boolean }> {
  if ('number' in address) {
    return changeInPlace(
      ctx,
      'events:write',
      (inside) => placeOfRun(inside, address.number),
      async (change) => {
        const found = await findRunByNumberAlone(change.ctx.db, address.number);
        if (!found) throw notFound('The run');
        return { run: await changeRun(change, found.run.runId, draft, draft.state), inserted: false };
      },
    );
  }
  const { entity, project } = address;
  const runId = parseInput(RunId, address.runId);
  return changeInPlace(
    ctx,
    'events:write',
    (inside) => openPlace(inside, entity, project),
    async (change) => {
      const known = await change.ingest.runs.find(change.source.place, runId);
      if (known) return { run: await changeRun(change, runId, draft, draft.state ?? takenUp(known.run)), inserted: false };
      return { run: await insertNew(change, runId, draft), inserted: true };
    },
  );
}

const takenUp = ({ state }: Run): RunState | undefined => (hasEnded(state) || state === 'pending' ? 'running' : undefined);

async function insertNew(change: Change, runId: string, draft: RunDraft): Promise<RunPlace> {
  const { ingest, source, at } = change;
  const held = await startRun(ingest, source, {
    runId,
    name: draft.name ?? (await nextName(change)),
    state: draft.state ?? 'running',
    group: draft.group ?? null,
    jobType: draft.jobType ?? null,
    tags: draft.tags ?? [],
    config: draft.config ?? {},
    notes: draft.notes ?? '',
    details: draft.details ?? {},
    summary: draft.summary ?? {},
  });
  return { run: held.run, progress: held.progress, at };
}

/** Of a run that brings none: two words, and which one of its project it is. */
async function nextName({ ctx, ingest, at }: Change): Promise<string> {
  await ingest.runs.insertNew(); // to be counted
  const place = (await countRuns(ctx.db, at.entity.id, at.project.id)) + 1;
  return runName(at.project.id * 100_003 + place, place);
}

async function changeRun({ ingest, source, at }: Change, runId: string, draft: RunDraft, state: RunState | undefined): Promise<RunPlace> {
  const held = await ingest.runs.find(source.place, runId);
  if (!held) throw notFound(`The run "${runId}"`);
  const { summary, details, state: _, ...named } = draft;
  const changes: Partial<Run> = { ...named, ...(details && { details: { ...held.run.details, ...details } }) };
  if (state === 'running' && hasEnded(held.run.state)) Object.assign(changes, { stopRequested: false, exitCode: null });
  if (Object.keys(changes).length > 0) ingest.runs.changeRun(held, changes);
  if (summary) ingest.runs.changeProgress(held, { summary });
  if (state === 'running') ingest.runs.changeProgress(held, { heartbeatAt: ingest.nowMs });
  if (state !== undefined) await changeRunState(ingest, source, held, state);
  return { run: held.run, progress: held.progress, at };
}

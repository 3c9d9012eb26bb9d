import { hasEnded } from '#lib/domain/run.ts';
import type { RunState } from '#lib/domain/tracked-event.ts';
import { changeRunState } from '#lib/engine/apply-run.ts';
import { rewindRun as rewindStored } from '#lib/engine/rewind-run.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { deleteRunRows } from '#lib/store/delete-run.ts';
import { deleteVersionRows } from '#lib/store/delete-version.ts';
import { findRunByNumberAlone } from '#lib/store/runs.ts';
import { listVersionsMadeBy } from '#lib/store/version-uses.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Context } from '../context.ts';
import { type Change, changeInPlace } from '../places/change-in-place.ts';
import { getProjectPlace, type ProjectPlace } from '../places/find-place.ts';
import { placeOfRun, type RunPlace } from './find-run.ts';

const nameOf = ({ entity, project }: ProjectPlace, runId: string) => `${entity.name}/${project.name}/${runId}`;

async function holdRun({ ctx, ingest, source }: Change, number: number) {
  const found = await findRunByNumberAlone(ctx.db, number);
  const held = found && (await ingest.runs.find(source.place, found.run.runId));
  if (!held) throw notFound('The run');
  return held;
}

/** Asks the run's process to stop: it learns with its next request. A run that has ended has nothing to stop. */
export const stopRunByNumber = (outside: Context, number: number) =>
  changeInPlace(
    outside,
    'events:write',
    (ctx) => placeOfRun(ctx, number),
    async (change) => {
      const held = await holdRun(change, number);
      if (hasEnded(held.run.state)) return;
      const { ctx, ingest, source, at } = change;
      if (held.run.source === 'stream') ingest.runs.changeRun(held, { stopRequested: true });
      else await changeRunState(ingest, source, held, 'killed');
      await writeAudit(ctx, at.entity.id, { what: 'run.stopped', target: nameOf(at, held.run.runId) });
    },
  );

/** Moves a run to a state by hand. An ended run stays as it ended. */
export const updateRunState = (outside: Context, number: number, state: RunState) =>
  changeInPlace(
    outside,
    'events:write',
    (ctx) => placeOfRun(ctx, number),
    async (change) => {
      const held = await holdRun(change, number);
      if (hasEnded(held.run.state)) {
        throw conflict(`invalid state transition: the run is ${held.run.state} and cannot become ${state}.`);
      }
      const { ctx, ingest, source, at } = change;
      const before = { state: held.run.state };
      await changeRunState(ingest, source, held, state);
      await writeAudit(ctx, at.entity.id, { what: 'run.state_changed', target: nameOf(at, held.run.runId), before, after: { state } });
    },
  );

/** Takes its lines, files and console along; the versions that it made stay, unless they shall go too, aliases and all. */
export const deleteRunByNumber = async (outside: Context, number: number, { withArtifacts }: { withArtifacts: boolean }): Promise<void> => {
  const found = await findRunByNumberAlone(outside.reader, number);
  if (!found) return; // deleted already
  const keys = await changeInPlace(
    outside,
    'events:write',
    (ctx) => placeOfRun(ctx, number),
    async ({ ctx, at }) => {
      const key = { entityId: at.entity.id, run: number };
      if (withArtifacts) for (const version of await listVersionsMadeBy(ctx.db, key)) await deleteVersionRows(ctx.db, version, ctx.now());
      const storageKeys = await deleteRunRows(ctx.db, key);
      await writeAudit(ctx, at.entity.id, { what: 'run.deleted', target: nameOf(at, found.run.runId) });
      return storageKeys;
    },
  );
  for (const key of keys) await outside.files.store.delete(key);
};

/** Drops every line after a step; the run goes on from there. */
export const rewindRun = (outside: Context, address: { entity: string; project: string; runId: string }, step: number): Promise<RunPlace> =>
  changeInPlace(
    outside,
    'events:write',
    (ctx) => getProjectPlace(ctx, address.entity, address.project),
    async ({ ctx, ingest, source, at }) => {
      const held = await ingest.runs.find(source.place, address.runId);
      if (!held) throw notFound(`The run "${address.entity}/${address.project}/${address.runId}"`);
      await rewindStored(ingest, source, held, step);
      await writeAudit(ctx, at.entity.id, { what: 'run.rewound', target: nameOf(at, address.runId), after: { step } });
      return { run: held.run, progress: held.progress, at };
    },
  );

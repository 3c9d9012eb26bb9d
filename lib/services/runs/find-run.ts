import type { Permission } from '#lib/domain/permissions.ts';
import { notFound } from '#lib/errors.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findProjectById } from '#lib/store/projects.ts';
import { findRunByNumberAlone, findRun as findStored, type RunWithProgress } from '#lib/store/runs.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { guardedOf, type ProjectPlace, requirePlace } from '../places/find-place.ts';

/** A run with the project that it is in. */
export type RunPlace = RunWithProgress & { at: ProjectPlace };

/** Null where the project has no run of that id. */
export async function findRunIn({ reader }: Context, at: ProjectPlace, runId: string): Promise<RunPlace | null> {
  const found = await findStored(reader, at.entity.id, at.project.id, runId);
  return found && { ...found, at };
}

export type RunAddress = { entity: string; project: string; run: string };

/** The run of an address, with the right that it needs checked. */
export async function getRunAt(ctx: Context, { run: runId, ...address }: RunAddress, permission: Permission = 'see'): Promise<RunPlace> {
  const at = await requirePlace(ctx, permission, address);
  const found = await findRunIn(ctx, at, runId);
  if (!found) throw notFound(`The run "${runId}"`);
  return found;
}

/** The project of the run with this number; not found too where the actor may not see it. */
export async function placeOfRun(ctx: Context, number: number): Promise<ProjectPlace> {
  const found = await findRunByNumberAlone(ctx.db, number);
  const entity = found && (await findEntity(ctx.db, found.run.entityId));
  const project = found && (await findProjectById(ctx.db, found.run.entityId, found.run.projectId));
  if (!entity || !project) throw notFound('The run');
  return { entity, project, guarded: guardedOf({ entity, project }, 'The run') };
}

export async function getRunByNumber(ctx: Context, number: number, permission: Permission = 'see'): Promise<RunPlace> {
  const at = await placeOfRun(ctx, number);
  await requirePermission(ctx.reader, ctx.actor, permission, at.guarded);
  return { ...(await findRunByNumberAlone(ctx.reader, number))!, at };
}

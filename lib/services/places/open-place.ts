import { openProject } from '#lib/engine/places.ts';
import { findProjectById } from '#lib/store/projects.ts';
import { getEntityByName, requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { senderOf } from '../events/sender.ts';
import { getProjectPlace, type ProjectPlace } from './find-place.ts';

/** The project to log into, made with what is logged first; a registry is never made this way. */
export async function openPlace(ctx: Context, entityName: string, projectName: string): Promise<ProjectPlace> {
  const entity = await getEntityByName(ctx.db, entityName);
  await requirePermission(ctx.db, ctx.actor, 'see', entity);
  const made = await openProject(ctx.db, senderOf(ctx, 'events:write'), entity.id, projectName, ctx.now());
  const project = await findProjectById(ctx.db, entity.id, made.projectId);
  return made.isRegistry ? getProjectPlace(ctx, entityName, projectName) : { entity, project: project!, guarded: entity };
}

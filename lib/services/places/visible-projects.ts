import type { Entity, User } from '#lib/domain/entity.ts';
import { judge, type Permission } from '#lib/domain/permissions.ts';
import type { Project } from '#lib/domain/project.ts';
import { notFound } from '#lib/errors.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findProject, findProjectByNumber, listProjectsByAge } from '#lib/store/projects.ts';
import { findUser, findUserByName } from '#lib/store/users.ts';
import { standingOf } from '../access.ts';
import type { Context, Guarded } from '../context.ts';
import type { ProjectPlace } from './find-place.ts';

const toProjectPlace = (entity: Entity, project: Project): ProjectPlace => ({
  project,
  entity,
  guarded: project.kind === 'registry' ? { ...entity, registryId: project.id } : entity,
});

const sees = (ctx: Context, { guarded }: ProjectPlace) => mayIn(ctx, guarded, 'see');

export const mayIn = async (ctx: Context, guarded: Guarded, permission: Permission): Promise<boolean> =>
  judge(await standingOf(ctx.reader, ctx.actor, guarded), permission) === 'allowed';

/** Null where there is none of that name, or the actor may not see it. */
export async function findVisibleProject(ctx: Context, entity: Entity, name: string): Promise<ProjectPlace | null> {
  const project = await findProject(ctx.reader, entity.id, name);
  if (!project) return null;
  const place = toProjectPlace(entity, project);
  return (await sees(ctx, place)) ? place : null;
}

/** Projects and registries of entities, oldest first, those that the actor sees; `after` is the number of the last one before. */
export async function listProjectsOf(
  ctx: Context,
  entities: readonly Entity[],
  page: { limit: number; after?: number | undefined },
): Promise<ProjectPlace[]> {
  const owners = new Map(entities.map((entity) => [entity.id, entity]));
  const found: ProjectPlace[] = [];
  for (let after = page.after; ; ) {
    const rows = await listProjectsByAge(ctx.reader, [...owners.keys()], { limit: page.limit, ...(after !== undefined && { after }) });
    for (const project of rows) {
      const place = toProjectPlace(owners.get(project.entityId)!, project);
      if (await sees(ctx, place)) found.push(place);
      if (found.length === page.limit) return found;
    }
    const last = rows.at(-1);
    if (!last || rows.length < page.limit) return found;
    after = last.id;
  }
}

export const personOf = async ({ reader }: Context, userId: number | null): Promise<User | null> =>
  userId === null ? null : findUser(reader, userId);

/** By its number, or by user name. */
export const findUserBy = ({ reader }: Context, user: number | string): Promise<User | null> =>
  typeof user === 'number' ? findUser(reader, user) : findUserByName(reader, user);

/** By its number alone; not found too where the actor may not see it. */
export async function getProjectByNumber(ctx: Context, number: number): Promise<ProjectPlace> {
  const project = await findProjectByNumber(ctx.reader, number);
  const entity = project && (await findEntity(ctx.reader, project.entityId));
  const place = project && entity && toProjectPlace(entity, project);
  if (!place || !(await sees(ctx, place))) throw notFound('The project');
  return place;
}

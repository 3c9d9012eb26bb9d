import { z } from 'zod';
import { ProjectBody, ProjectPatch } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { foldName } from '#lib/domain/names.ts';
import { conflict } from '#lib/errors.ts';
import { deleteProject as deleteProjectRows } from '#lib/store/delete-project.ts';
import { findProjectNumbers } from '#lib/store/project-numbers.ts';
import { insertProject, listProjects as listProjectRows, updateProject as updateProjectRow } from '#lib/store/projects.ts';
import { getEntityByName } from '../access.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { getProjectPlace, requirePlace } from '../places/find-place.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { counted } from './counted.ts';
import { toProjectView } from './place-views.ts';

const Address = z.object({ entity: z.string(), project: z.string() });
const Cursor = z.object({ name: z.string(), id: z.int() });

/** The projects of one entity, or of all that I belong to, by name. */
export const listProjects = instanceQuery({
  allow: 'signed_in',
  input: PageQuery.extend({ entity: z.string().optional() }),
  run: async (ctx, { entity, limit, after }) => {
    const visible = await listVisiblePlaces(ctx);
    const mine = [...visible.entities.values()].filter((one) => entity === undefined || foldName(one.entity.name) === foldName(entity));
    const rows = await listProjectRows(
      ctx.db,
      { entityIds: mine.map((one) => one.entity.id), kind: 'project' },
      { limit: limit + 1, after: parseCursor(Cursor, after) },
    );
    const page = toPage(rows, limit, ({ name, id }) => ({ name, id }));
    const items = page.items.map((project) => {
      const { entity: owner, role } = visible.entities.get(project.entityId)!;
      return toProjectView(ctx.db, project, owner.name, role);
    });
    return { ...page, items: await Promise.all(items) };
  },
});

export const getProject = instanceQuery({
  allow: 'signed_in',
  input: Address,
  run: async (ctx, address) => {
    const { project, entity, role } = await requirePlace(ctx, 'see', address);
    return toProjectView(ctx.db, project, entity.name, role);
  },
});

export const createProject = command({
  permission: 'projects:create',
  input: ProjectBody,
  entityOf: (ctx, { entity }) => getEntityByName(ctx.db, entity),
  run: async (ctx, { name, description }) => {
    if (ctx.entity.kind === 'organization') throw conflict('An organization holds registries. Make the project in one of its teams.');
    const project = await insertProject(
      ctx.db,
      {
        entityId: ctx.entity.id,
        kind: 'project',
        name,
        description,
        visibility: 'organization',
        artifactTypes: null,
        createdById: idOf(ctx),
      },
      ctx.now(),
    );
    return {
      result: await toProjectView(ctx.db, project, ctx.entity.name, ctx.role),
      audit: { what: 'project.created', target: `${ctx.entity.name}/${name}` },
    };
  },
});

const idOf = ({ actor }: Context) => ('userId' in actor ? actor.userId : null);
const guardedOf = async (ctx: Context, { entity, project }: z.infer<typeof Address>) =>
  (await getProjectPlace(ctx, entity, project)).guarded;

export const updateProject = command({
  permission: 'projects:edit',
  input: Address.extend(ProjectPatch.shape),
  entityOf: guardedOf,
  run: async (ctx, { entity, project: address, name, description }) => {
    const { project } = await getProjectPlace(ctx, entity, address);
    const changed = { ...project, name: name ?? project.name, description: description ?? project.description };
    await updateProjectRow(ctx.db, changed, ctx.now());
    return {
      result: await toProjectView(ctx.db, changed, ctx.entity.name, ctx.role),
      audit: {
        what: 'project.updated',
        target: `${ctx.entity.name}/${changed.name}`,
        before: { name: project.name, description: project.description },
        after: { name: changed.name, description: changed.description },
      },
    };
  },
});

/** Takes runs, artifacts, files and automations along; asks first where there are any. */
export const deleteProject = command({
  permission: 'projects:delete',
  input: Address.extend({ force: z.boolean().default(false) }),
  entityOf: guardedOf,
  run: async (ctx, { entity, project: address, force }) => {
    const { project } = await getProjectPlace(ctx, entity, address);
    const { runs, collections, automations } = await findProjectNumbers(ctx.db, project.entityId, project.id);
    if (!force && runs.count + collections.count + automations.count > 0) {
      throw conflict('The project is not empty. Add ?force=true to delete what is in it too.', [
        ...counted('runs', 'run', runs),
        ...counted('collections', 'artifact collection', collections),
        ...counted('automations', 'automation', automations),
      ]);
    }
    await deleteProjectRows(ctx.db, project.entityId, project.id);
    return { result: undefined, audit: { what: 'project.deleted', target: `${ctx.entity.name}/${project.name}` } };
  },
});

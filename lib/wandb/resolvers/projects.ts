import type { Entity } from '#lib/domain/entity.ts';
import { entityOrDefault } from '#lib/services/identity/default-entity.ts';
import { findVisibleEntity } from '#lib/services/identity/find-visible.ts';
import type { ProjectPlace } from '#lib/services/places/find-place.ts';
import { findVisibleProject, listProjectsOf, mayIn, personOf } from '#lib/services/places/visible-projects.ts';
import { cursorNumber, isoTime, type PageArguments, pageSize, parseFilters, toConnection } from '../connection.ts';
import { chooseProjects, pageOf } from '../listings.ts';
import { nodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Named = { name?: string | null; entityName?: string | null };

const DEFAULT_PROJECT = 'uncategorized';

export async function findNamedProject({ name, entityName }: Named, ctx: WandbContext): Promise<ProjectPlace | null> {
  const entity = await findVisibleEntity(ctx, await entityOrDefault(ctx, entityName));
  return entity && findVisibleProject(ctx, entity, name || DEFAULT_PROJECT);
}

type Listing = PageArguments & { filters?: string | null; order?: string | null };

const MOST_PROJECTS = 10_000;

/** Oldest first. With filters or an order, as registries are searched, every project is looked at. */
export async function projectsOf(entities: readonly Entity[], { filters, order, ...page }: Listing, ctx: WandbContext) {
  if (filters || order) {
    const all = await listProjectsOf(ctx, entities, { limit: MOST_PROJECTS });
    return pageOf(chooseProjects(all, parseFilters(filters), order), page);
  }
  const limit = pageSize(page);
  const places = await listProjectsOf(ctx, entities, { limit: limit + 1, after: cursorNumber(page) });
  return toConnection(places, limit, ({ project }) => project.id);
}

/** The parent of a Project is a ProjectPlace. */
export const projectResolvers: Resolvers = {
  Query: {
    project: (_: unknown, named: Named, ctx) => findNamedProject(named, ctx),
    model: (_: unknown, named: Named, ctx) => findNamedProject(named, ctx),
    models: async (_: unknown, { entityName, ...page }: Named & PageArguments, ctx) => {
      const entity = await findVisibleEntity(ctx, await entityOrDefault(ctx, entityName));
      return entity && projectsOf([entity], page, ctx);
    },
  },
  Entity: {
    project: (entity: Entity, { name }: Named, ctx) => findVisibleProject(ctx, entity, name || DEFAULT_PROJECT),
  },
  Project: {
    id: ({ project }: ProjectPlace) => nodeId('Project', project.id),
    internalId: ({ project }: ProjectPlace) => nodeId('ProjectInternalId', project.id),
    name: ({ project }: ProjectPlace) => project.name,
    entityName: ({ entity }: ProjectPlace) => entity.name,
    description: ({ project }: ProjectPlace) => project.description || null,
    access: ({ project }: ProjectPlace) => (project.kind === 'registry' && project.visibility === 'restricted' ? 'RESTRICTED' : 'PRIVATE'),
    views: () => '{}',
    createdAt: ({ project }: ProjectPlace) => isoTime(project.createdAt),
    updatedAt: ({ project }: ProjectPlace) => isoTime(project.updatedAt),
    isBenchmark: () => false,
    // The client then leaves alone what belongs to a linked version's source.
    readOnly: async ({ guarded }: ProjectPlace, _: unknown, ctx) => !(await mayIn(ctx, guarded, 'artifacts:write')),
    user: ({ project }: ProjectPlace, _: unknown, ctx) => personOf(ctx, project.createdById),
    allowAllArtifactTypesInRegistry: ({ project }: ProjectPlace) => project.artifactTypes === null,
  },
};

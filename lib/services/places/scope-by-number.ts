import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { invalid, notFound } from '#lib/errors.ts';
import { findCollectionByNumber } from '#lib/store/collections.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findProjectById, findProjectByNumber } from '#lib/store/projects.ts';
import { requirePermission } from '../access.ts';
import type { Context } from '../context.ts';
import { guardedOf } from './find-place.ts';

export type NumberedScope = { kind: 'project' | 'collection' | 'entity'; id: number };

/** The scope behind a number, as documents name it; not found where the actor does not see it. */
export async function scopeByNumber(ctx: Context, { kind, id }: NumberedScope): Promise<ScopeDocument> {
  if (kind === 'entity') return entityScope(ctx, id);
  const collection = kind === 'collection' ? await findCollectionByNumber(ctx.db, id) : null;
  const project = collection
    ? await findProjectById(ctx.db, collection.entityId, collection.projectId)
    : kind === 'project'
      ? await findProjectByNumber(ctx.db, id)
      : null;
  const entity = project && (await findEntity(ctx.db, project.entityId));
  if (!project || !entity) throw notFound(`The ${kind}`);
  const isRegistry = project.kind === 'registry';
  await requirePermission(ctx.db, ctx.actor, 'see', guardedOf({ entity, project }, `The ${kind}`));
  const name = `${entity.name}/${isRegistry ? project.name.slice(REGISTRY_PROJECT_PREFIX.length) : project.name}`;
  if (collection) return isRegistry ? { registryCollection: `${name}/${collection.name}` } : { collection: `${name}/${collection.name}` };
  return isRegistry ? { registry: name } : { project: name };
}

async function entityScope(ctx: Context, id: number): Promise<ScopeDocument> {
  const entity = await findEntity(ctx.db, id);
  if (!entity) throw notFound('The team or organization');
  await requirePermission(ctx.db, ctx.actor, 'see', { ...entity, notFoundAs: 'The team or organization' });
  if (entity.kind === 'user')
    throw invalid(`"${entity.name}" is a personal space, which is no scope of its own. Choose one of its projects.`);
  return entity.kind === 'team' ? { team: entity.name } : { organization: entity.name };
}

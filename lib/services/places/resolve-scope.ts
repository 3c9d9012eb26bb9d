import type { Entity } from '#lib/domain/entity.ts';
import type { Scope, ScopeDocument } from '#lib/domain/scope.ts';
import { type ScopeKind, scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';
import { AppError, isAppError, notFound } from '#lib/errors.ts';
import { findCollection } from '#lib/store/collections.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntity, findEntityByName } from '#lib/store/entities.ts';
import type { Context, Guarded } from '../context.ts';
import { getProjectPlace, getRegistryPlace } from './find-place.ts';

/** A scope by ids, with what rights are asked for. */
export type ResolvedScope = { scope: Scope; guarded: Guarded; entity: Entity };

const SCOPE_NOUNS: Record<ScopeKind, string> = {
  project: 'project',
  collection: 'collection',
  registry: 'registry',
  registryCollection: 'registry collection',
  team: 'team',
  organization: 'organization',
};

/** Finds what a document's scope names; refusals point at the field. Whatever part of it is missing or unseen reads the same. */
export async function resolveScope(ctx: Context, document: ScopeDocument): Promise<ResolvedScope> {
  const kind = scopeKindOf(document);
  const what = `The ${SCOPE_NOUNS[kind]} "${scopeNameOf(document)}"`;
  try {
    const found = await find(ctx, document);
    return { ...found, guarded: { ...found.guarded, notFoundAs: what } };
  } catch (error) {
    if (!isAppError(error) || error.issues) throw error;
    const { code, message } = error.code === 'not_found' ? notFound(what) : error;
    throw new AppError(code, message, { issues: [{ path: ['scope', kind], message }], cause: error });
  }
}

async function find(ctx: Context, document: ScopeDocument): Promise<ResolvedScope> {
  const kind = scopeKindOf(document);
  const name = scopeNameOf(document);
  switch (kind) {
    case 'team':
    case 'organization': {
      const entity = await findEntityByName(ctx.db, name);
      if (entity?.kind === 'user' && kind === 'team') {
        throw new AppError('invalid', `"${name}" is a personal space, which is no scope of its own. Choose one of its projects.`);
      }
      if (!entity || entity.kind !== kind) throw notFound(`The ${kind} "${name}"`);
      return { scope: { kind, entityId: entity.id }, guarded: entity, entity };
    }
    case 'project': {
      const [entityName, projectName] = partsOf(name, 2, 'a project is named entity/project, such as acme/vision');
      const { entity, project, guarded } = await getProjectPlace(ctx, entityName!, projectName!);
      if (project.kind === 'registry') throw new AppError('invalid', `This is a registry. Write { registry: ${name} } instead.`);
      return { scope: { kind, entityId: entity.id, projectId: project.id }, guarded, entity };
    }
    case 'collection': {
      const parts = partsOf(name, 3, 'a collection is named entity/project/collection, such as acme/vision/detector');
      const { entity, project, guarded } = await getProjectPlace(ctx, parts[0]!, parts[1]!);
      const collection = await findCollection(ctx.db, entity.id, project.id, parts[2]!);
      if (!collection) throw notFound(`The collection "${name}"`);
      const collectionKind = project.kind === 'registry' ? 'registryCollection' : 'collection';
      return {
        scope: { kind: collectionKind, entityId: entity.id, projectId: project.id, collectionId: collection.id },
        guarded,
        entity,
      };
    }
    case 'registry': {
      const { entity, project, guarded } = await getRegistryPlace(ctx, name);
      return { scope: { kind, entityId: entity.id, projectId: project.id }, guarded, entity };
    }
    case 'registryCollection': {
      const cut = name.lastIndexOf('/');
      if (cut < 1) throw new AppError('invalid', 'A registry’s collection is named registry/collection, such as model/fraud.');
      const { entity, project, guarded } = await getRegistryPlace(ctx, name.slice(0, cut));
      const collection = await findCollection(ctx.db, entity.id, project.id, name.slice(cut + 1));
      if (!collection) throw notFound(`The registry collection "${name}"`);
      return { scope: { kind, entityId: entity.id, projectId: project.id, collectionId: collection.id }, guarded, entity };
    }
  }
}

function partsOf(name: string, count: number, form: string): string[] {
  const parts = name.split('/');
  if (parts.length !== count || parts.some((part) => part === '')) {
    throw new AppError('invalid', `"${name}" names nothing: ${form}.`);
  }
  return parts;
}

/** The place that rights over a stored scope are asked for; null where its entity is gone. */
export async function guardedOfScope(db: Db, scope: Scope): Promise<Guarded | null> {
  const entity = await findEntity(db, scope.entityId);
  if (!entity) return null;
  const inRegistry = scope.kind === 'registry' || scope.kind === 'registryCollection';
  return inRegistry ? { ...entity, registryId: scope.projectId } : entity;
}

/** `team:acme`, `project:acme/vision`, `registryCollection:model/fraud`: a scope in an address. */
export function parseScopeText(text: string): ScopeDocument | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (colon < 1 || !name || !SCOPE_KINDS.has(kind)) return null;
  return { [kind]: name } as ScopeDocument;
}

const SCOPE_KINDS = new Set(['project', 'collection', 'registry', 'registryCollection', 'team', 'organization']);

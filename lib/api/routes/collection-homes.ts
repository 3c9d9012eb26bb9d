import { z } from 'zod';

/** Where collections are addressed: in a project with their type, in a registry by name. Both have the same routes. */
export const COLLECTION_HOMES = [
  {
    list: '/api/v1/projects/{entity}/{project}/artifacts',
    one: '/api/v1/projects/{entity}/{project}/artifacts/{type}/{collection}',
    where: 'in a project',
    List: z.object({ entity: z.string(), project: z.string() }) as z.ZodType<HomeParams>,
    One: z.object({ entity: z.string(), project: z.string(), type: z.string(), collection: z.string() }) as z.ZodType<CollectionParams>,
    Version: z.object({
      entity: z.string(),
      project: z.string(),
      type: z.string(),
      collection: z.string(),
      version: z.string(),
    }) as z.ZodType<VersionParams>,
  },
  {
    list: '/api/v1/registries/{registry}/collections',
    one: '/api/v1/registries/{registry}/collections/{collection}',
    where: 'in a registry',
    List: z.object({ registry: z.string() }) as z.ZodType<HomeParams>,
    One: z.object({ registry: z.string(), collection: z.string() }) as z.ZodType<CollectionParams>,
    Version: z.object({ registry: z.string(), collection: z.string(), version: z.string() }) as z.ZodType<VersionParams>,
  },
] as const;

type HomeParams = { entity?: string; project?: string; registry?: string };
type CollectionParams = HomeParams & { type?: string; collection: string };
type VersionParams = CollectionParams & { version: string };
type Home = { organization?: string };

export const placeOf = ({ entity, project, registry }: HomeParams, { organization }: Home) =>
  registry === undefined ? { entity: entity!, project: project! } : { registry, organization };
export const collectionOf = (params: CollectionParams, query: Home) => ({
  place: placeOf(params, query),
  collection: params.collection,
  type: params.type,
});
export const versionOf = (params: VersionParams, query: Home) => ({ ...collectionOf(params, query), version: params.version });

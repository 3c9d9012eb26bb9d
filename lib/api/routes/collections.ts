import { z } from 'zod';
import { CollectionDetail, CollectionView, LinkBody, OrganizationQuery, VersionPatch, VersionView } from '#lib/contracts/tracking.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { TagName } from '#lib/domain/names.ts';
import { changeCollection, getCollection, listCollections } from '#lib/services/tracking/collections.ts';
import { changeVersion, getVersion, linkVersion, listVersions, removeVersion } from '#lib/services/tracking/versions.ts';
import { defineRoute, type Route } from '../route.ts';

const CollectionPatch = z.strictObject({
  description: z.string().max(16_384).optional(),
  addTags: z.array(TagName).max(64).optional(),
  removeTags: z.array(TagName).max(64).optional(),
});

/** Where collections are addressed: in a project with their type, in a registry by name. Both have the same routes. */
const HOMES = [
  {
    list: '/api/v1/projects/{entity}/{project}/artifacts',
    one: '/api/v1/projects/{entity}/{project}/artifacts/{type}/{collection}',
    where: 'in a project',
    List: z.object({ entity: z.string(), project: z.string() }),
    One: z.object({ entity: z.string(), project: z.string(), type: z.string(), collection: z.string() }),
  },
  {
    list: '/api/v1/registries/{registry}/collections',
    one: '/api/v1/registries/{registry}/collections/{collection}',
    where: 'in a registry',
    List: z.object({ registry: z.string() }),
    One: z.object({ registry: z.string(), collection: z.string() }),
  },
] as const;

type Params = { entity?: string; project?: string; registry?: string };
const placeOf = ({ entity, project, registry }: Params, { organization }: { organization?: string }) =>
  registry === undefined ? { entity: entity!, project: project! } : { registry, organization };
type One = Params & { type?: string; collection: string };
const addressOf = (params: One, query: { organization?: string }) => ({
  place: placeOf(params, query),
  collection: params.collection,
  type: params.type,
});

export const collectionRoutes: readonly Route[] = HOMES.flatMap(({ list, one, where, List, One }) => {
  const Version = One.extend({ version: z.string() });
  const params = One as z.ZodType<One>;
  const versionParams = Version as unknown as z.ZodType<One & { version: string }>;
  return [
    defineRoute({
      method: 'GET',
      path: list,
      summary: `Lists the collections ${where}, by name.`,
      params: List as z.ZodType<Params>,
      query: PageQuery.extend(OrganizationQuery.shape).extend({ q: z.string().max(256).optional() }),
      response: pageOf(CollectionView),
      handle: ({ ctx, params: at, query: { organization, ...query } }) =>
        listCollections(ctx, { ...query, place: placeOf(at, { organization }) }),
    }),
    defineRoute({
      method: 'GET',
      path: one,
      summary: `Answers one collection ${where}.`,
      params,
      query: OrganizationQuery,
      response: CollectionDetail,
      handle: ({ ctx, params: at, query }) => getCollection(ctx, addressOf(at, query)),
    }),
    defineRoute({
      method: 'PATCH',
      path: one,
      summary: `Changes tags and description of a collection ${where}; each tag is an event.`,
      params,
      query: OrganizationQuery,
      body: CollectionPatch,
      response: CollectionDetail,
      async handle({ ctx, params: at, query, body }) {
        await changeCollection(ctx, { ...addressOf(at, query), ...body });
        return getCollection(ctx, addressOf(at, query));
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${one}/versions`,
      summary: `Lists the versions of a collection ${where}, newest first.`,
      params,
      query: PageQuery.extend(OrganizationQuery.shape),
      response: pageOf(VersionView),
      handle: ({ ctx, params: at, query }) => listVersions(ctx, { ...addressOf(at, query), limit: query.limit, after: query.after }),
    }),
    defineRoute({
      method: 'GET',
      path: `${one}/versions/{version}`,
      summary: `Answers one version ${where}.`,
      params: versionParams,
      query: OrganizationQuery,
      response: VersionView,
      handle: ({ ctx, params: at, query }) => getVersion(ctx, { ...addressOf(at, query), version: at.version }),
    }),
    defineRoute({
      method: 'PATCH',
      path: `${one}/versions/{version}`,
      summary: `Changes aliases, tags and metadata of a version ${where}; each alias and tag is an event.`,
      params: versionParams,
      query: OrganizationQuery,
      body: VersionPatch,
      response: VersionView,
      async handle({ ctx, params: at, query, body }) {
        await changeVersion(ctx, { ...addressOf(at, query), version: at.version, ...body });
        return getVersion(ctx, { ...addressOf(at, query), version: at.version });
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${one}/versions/{version}`,
      summary:
        where === 'in a registry' ? 'Unlinks a version from a registry’s collection.' : 'Deletes a version with its aliases and links.',
      params: versionParams,
      query: OrganizationQuery.extend(ForceQuery.shape),
      status: 204,
      handle: ({ ctx, params: at, query }) => removeVersion(ctx, { ...addressOf(at, query), version: at.version, force: query.force }),
    }),
    defineRoute({
      method: 'POST',
      path: `${one}/versions/{version}/links`,
      summary: `Links a version ${where} to a registry’s collection, which is made with its first link.`,
      params: versionParams,
      query: OrganizationQuery,
      body: LinkBody,
      response: VersionView,
      status: 201,
      async handle({ ctx, params: at, query, body: { collection: target, ...body } }) {
        await linkVersion(ctx, { ...body, ...addressOf(at, query), version: at.version, target });
        return getVersion(ctx, { ...addressOf(at, query), version: at.version });
      },
    }),
  ];
});

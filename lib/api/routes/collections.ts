import { z } from 'zod';
import { CollectionDetail, CollectionView, OrganizationQuery } from '#lib/contracts/tracking.ts';
import { PageQuery, pageOf } from '#lib/contracts/view.ts';
import { TagName } from '#lib/domain/names.ts';
import { changeCollection, getCollection, listCollections } from '#lib/services/tracking/collections.ts';
import { defineRoute, type Route } from '../route.ts';
import { COLLECTION_HOMES, collectionOf, placeOf } from './collection-homes.ts';

const CollectionPatch = z.strictObject({
  description: z.string().max(16_384).optional(),
  addTags: z.array(TagName).max(64).optional(),
  removeTags: z.array(TagName).max(64).optional(),
});

export const collectionRoutes: readonly Route[] = COLLECTION_HOMES.flatMap(({ list, one, where, List, One }) => [
  defineRoute({
    method: 'GET',
    path: list,
    summary: `Lists the collections ${where}, by name.`,
    params: List,
    query: PageQuery.extend(OrganizationQuery.shape).extend({ q: z.string().max(256).optional() }),
    response: pageOf(CollectionView),
    handle: ({ ctx, params, query: { organization, ...query } }) =>
      listCollections(ctx, { ...query, place: placeOf(params, { organization }) }),
  }),
  defineRoute({
    method: 'GET',
    path: one,
    summary: `Answers one collection ${where}.`,
    params: One,
    query: OrganizationQuery,
    response: CollectionDetail,
    handle: ({ ctx, params, query }) => getCollection(ctx, collectionOf(params, query)),
  }),
  defineRoute({
    method: 'PATCH',
    path: one,
    summary: `Changes tags and description of a collection ${where}; each tag is an event.`,
    params: One,
    query: OrganizationQuery,
    body: CollectionPatch,
    response: CollectionDetail,
    async handle({ ctx, params, query, body }) {
      await changeCollection(ctx, { ...collectionOf(params, query), ...body });
      return getCollection(ctx, collectionOf(params, query));
    },
  }),
]);

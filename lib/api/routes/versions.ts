import { LineageView, VersionFilePage } from '#lib/contracts/lineage.ts';
import { DownloadQuery } from '#lib/contracts/run-records.ts';
import { LinkBody, OrganizationQuery, VersionDetail, VersionPatch, VersionView } from '#lib/contracts/tracking.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { getLineage } from '#lib/services/tracking/lineage.ts';
import { listVersionFiles, openVersionFile } from '#lib/services/tracking/version-files.ts';
import { changeVersion, getVersion, linkVersion, listVersions, removeVersion } from '#lib/services/tracking/versions.ts';
import { defineRoute, type Route } from '../route.ts';
import { COLLECTION_HOMES, collectionOf, versionOf } from './collection-homes.ts';

/** Where a version is only read, an alias names it as well as its number. */
export const versionRoutes: readonly Route[] = COLLECTION_HOMES.flatMap(({ one, where, One, Version }) => [
  defineRoute({
    method: 'GET',
    path: `${one}/versions`,
    summary: `Lists the versions of a collection ${where}, newest first.`,
    params: One,
    query: PageQuery.extend(OrganizationQuery.shape),
    response: pageOf(VersionView),
    handle: ({ ctx, params, query: { organization, ...query } }) =>
      listVersions(ctx, { ...collectionOf(params, { organization }), ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${one}/versions/{version}`,
    summary: `Answers one version ${where}, by number or alias.`,
    params: Version,
    query: OrganizationQuery,
    response: VersionDetail,
    handle: ({ ctx, params, query }) => getVersion(ctx, versionOf(params, query)),
  }),
  defineRoute({
    method: 'PATCH',
    path: `${one}/versions/{version}`,
    summary: `Changes aliases, tags, metadata and description of a version ${where}; each alias and tag is an event.`,
    params: Version,
    query: OrganizationQuery,
    body: VersionPatch,
    response: VersionDetail,
    async handle({ ctx, params, query, body }) {
      await changeVersion(ctx, { ...versionOf(params, query), ...body });
      return getVersion(ctx, versionOf(params, query));
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${one}/versions/{version}`,
    summary:
      where === 'in a registry' ? 'Unlinks a version from a registry’s collection.' : 'Deletes a version with its aliases and links.',
    params: Version,
    query: OrganizationQuery.extend(ForceQuery.shape),
    status: 204,
    handle: ({ ctx, params, query }) => removeVersion(ctx, { ...versionOf(params, query), force: query.force }),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/versions/{version}/links`,
    summary: `Links a version ${where} to a registry’s collection, which is made with its first link.`,
    params: Version,
    query: OrganizationQuery,
    body: LinkBody,
    response: VersionDetail,
    status: 201,
    async handle({ ctx, params, query, body: { collection: target, ...body } }) {
      await linkVersion(ctx, { ...body, ...versionOf(params, query), target });
      return getVersion(ctx, versionOf(params, query));
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${one}/versions/{version}/files`,
    summary: `Lists the files of a version ${where}, by path.`,
    params: Version,
    query: PageQuery.extend(OrganizationQuery.shape),
    response: VersionFilePage,
    handle: ({ ctx, params, query: { organization, ...query } }) =>
      listVersionFiles(ctx, { ...versionOf(params, { organization }), ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${one}/versions/{version}/download`,
    summary: `Leads to the content of a file of a version ${where}: ?path=model.pt.`,
    params: Version,
    query: DownloadQuery.extend(OrganizationQuery.shape),
    redirect: true,
    handle: ({ ctx, params, query }) => openVersionFile(ctx, { ...versionOf(params, query), path: query.path }),
  }),
  defineRoute({
    method: 'GET',
    path: `${one}/versions/{version}/lineage`,
    summary: `Answers what a version ${where} came from and what came of it.`,
    params: Version,
    query: OrganizationQuery,
    response: LineageView,
    handle: ({ ctx, params, query }) => getLineage(ctx, versionOf(params, query)),
  }),
]);

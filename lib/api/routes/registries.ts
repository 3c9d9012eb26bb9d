import { z } from 'zod';
import {
  OrganizationQuery,
  RegistryBody,
  RegistryMemberBody,
  RegistryMemberView,
  RegistryPatch,
  RegistryView,
} from '#lib/contracts/tracking.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import {
  createRegistry,
  deleteRegistry,
  getRegistry,
  listMembersOfRegistry,
  listRegistries,
  removeRegistryMember,
  setRegistryMember,
  updateRegistry,
} from '#lib/services/tracking/registries.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute, type Route } from '../route.ts';

const Registry = z.object({ registry: z.string() });
const REGISTRY = '/api/v1/registries/{registry}';

export const registryRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/registries',
    summary: 'Lists the registries of one organization, or all that you can see.',
    query: PageQuery.extend(OrganizationQuery.shape),
    response: pageOf(RegistryView),
    handle: ({ ctx, query }) => listRegistries(ctx, query),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/registries',
    summary: 'Makes a registry (admins of the organization).',
    body: RegistryBody,
    response: RegistryView,
    status: 201,
    handle: ({ ctx, body }) => createRegistry(ctx, body),
  }),
  defineRoute({
    method: 'GET',
    path: REGISTRY,
    summary: 'Answers one registry with its counts.',
    params: Registry,
    query: OrganizationQuery,
    response: RegistryView,
    handle: ({ ctx, params, query }) => getRegistry(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'PATCH',
    path: REGISTRY,
    summary: 'Changes a registry’s name, visibility, description or artifact types.',
    params: Registry,
    query: OrganizationQuery,
    body: RegistryPatch,
    response: RegistryView,
    handle: ({ ctx, params, query, body }) => updateRegistry(ctx, { ...params, ...query, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: REGISTRY,
    summary: 'Deletes a registry with its collections and automations; linked versions stay where they come from.',
    params: Registry,
    query: OrganizationQuery.extend(ForceQuery.shape),
    status: 204,
    handle: ({ ctx, params, query }) => deleteRegistry(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: `${REGISTRY}/members`,
    summary: 'Lists the users and teams with a role of their own in a registry.',
    params: Registry,
    query: PageQuery.extend(OrganizationQuery.shape),
    response: pageOf(RegistryMemberView),
    handle: async ({ ctx, params, query: { organization, ...page } }) =>
      pageOfAll(await listMembersOfRegistry(ctx, { ...params, organization }), page, ({ kind, name }) => `${kind}:${name}`),
  }),
  defineRoute({
    method: 'POST',
    path: `${REGISTRY}/members`,
    summary: 'Gives a user or team a role of its own in a registry, or changes it.',
    params: Registry,
    query: OrganizationQuery,
    body: RegistryMemberBody,
    response: RegistryMemberView,
    status: 201,
    handle: ({ ctx, params, query, body }) => setRegistryMember(ctx, { ...params, ...query, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: `${REGISTRY}/members/{kind}/{name}`,
    summary: 'Takes a role of its own in a registry away.',
    params: Registry.extend({ kind: z.enum(['user', 'team']), name: z.string() }),
    query: OrganizationQuery,
    status: 204,
    handle: ({ ctx, params, query }) => removeRegistryMember(ctx, { ...params, ...query }),
  }),
];

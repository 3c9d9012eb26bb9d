import { z } from 'zod';
import { OrganizationBody, OrganizationPatch, OrganizationView, TeamBody, TeamView } from '#lib/contracts/organizations.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { deleteGroup } from '#lib/services/organizations/delete-group.ts';
import { createOrganization, getOrganization, listOrganizations, updateOrganization } from '#lib/services/organizations/organizations.ts';
import { createTeam, getTeam, listTeams } from '#lib/services/teams/teams.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute } from '../route.ts';

const Organization = z.object({ organization: z.string() });
const Team = z.object({ team: z.string() });

export const organizationRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/organizations',
    summary: 'Organizations I am in; all of them for instance admins.',
    query: PageQuery,
    response: pageOf(OrganizationView),
    handle: async ({ ctx, query }) => pageOfAll(await listOrganizations(ctx, {}), query, ({ name }) => name),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/organizations',
    summary: 'Make an organization (instance admins).',
    body: OrganizationBody,
    response: OrganizationView,
    status: 201,
    handle: ({ ctx, body }) => createOrganization(ctx, body),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/organizations/{organization}',
    summary: 'One organization.',
    params: Organization,
    response: OrganizationView,
    handle: ({ ctx, params }) => getOrganization(ctx, params),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/organizations/{organization}',
    summary: 'Change an organization’s display name.',
    params: Organization,
    body: OrganizationPatch,
    response: OrganizationView,
    handle: ({ ctx, params, body }) => updateOrganization(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/organizations/{organization}',
    summary: 'Delete an organization with its teams and registries.',
    params: Organization,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteGroup(ctx, { kind: 'organization', group: params.organization, ...query }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams',
    summary: 'Teams I am in or manage.',
    query: PageQuery.extend({ organization: z.string().optional() }),
    response: pageOf(TeamView),
    handle: async ({ ctx, query }) => pageOfAll(await listTeams(ctx, { organization: query.organization }), query, ({ name }) => name),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams',
    summary: 'Make a team; who makes it is its admin.',
    body: TeamBody,
    response: TeamView,
    status: 201,
    handle: ({ ctx, body }) => createTeam(ctx, body),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}',
    summary: 'One team.',
    params: Team,
    response: TeamView,
    handle: ({ ctx, params }) => getTeam(ctx, params),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/teams/{team}',
    summary: 'Delete a team with its projects and integrations.',
    params: Team,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteGroup(ctx, { kind: 'team', group: params.team, ...query }),
  }),
];

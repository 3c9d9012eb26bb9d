import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  InviteBody,
  MemberBody,
  OrganizationBody,
  OrganizationPatch,
  TeamBody,
  UserBody,
  UserPatch,
} from '#lib/contracts/organizations.ts';
import { http, type Search } from './http.ts';
import { apiKey, apiList, apiPages, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const organizations = viewsOf(() => import('#lib/contracts/organizations.ts'));
const session = viewsOf(() => import('#lib/contracts/session.ts'));

/** Teams and organizations have the same member and invite addresses below different beginnings. */
export type Group = { kind: 'team' | 'organization'; name: string };
const groupPath = ({ kind, name }: Group) => `/${kind === 'team' ? 'teams' : 'organizations'}/${segment(name)}`;

/** The audit log's address; with `.csv` at its end it exports. */
export const auditPath = (group: Group) => `${groupPath(group)}/audit`;
/** What concerns the whole instance. */
export const INSTANCE_AUDIT = '/instance/audit';

export const organizationQueries = {
  all: () => apiList('/organizations', organizations.page('OrganizationView')),
  one: (name: string) => apiQuery(`/organizations/${segment(name)}`, organizations.view('OrganizationView')),
  teams: (organization?: string) => apiList('/teams', organizations.page('TeamView'), { organization }),
  team: (name: string) => apiQuery(`/teams/${segment(name)}`, organizations.view('TeamView')),
  members: (group: Group) => apiList(`${groupPath(group)}/members`, organizations.page('MemberView')),
  invites: (group: Group) => apiList(`${groupPath(group)}/invites`, organizations.page('InviteView')),
  /** Newest first; filters: what, actor, since, until. */
  audit: (path: string, search: Search = {}) => apiPages(path, organizations.page('AuditEntry'), search),
  users: () => apiPages('/users', organizations.page('UserView')),
};

const refresh = (client: QueryClient, path: string) => () => client.invalidateQueries({ queryKey: apiKey(path) });

export const addMember = (client: QueryClient, group: Group) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof MemberBody>) => http.post(`${groupPath(group)}/members`, body, organizations.view('MemberView')),
    onSettled: refresh(client, groupPath(group)),
  });
export const changeRole = (client: QueryClient, group: Group) =>
  mutationOptions({
    mutationFn: ({ username, role }: { username: string; role: 'admin' | 'member' | 'viewer' }) =>
      http.patch(`${groupPath(group)}/members/${segment(username)}`, { role }, organizations.view('MemberView')),
    onSettled: refresh(client, groupPath(group)),
  });
export const removeMember = (client: QueryClient, group: Group) =>
  mutationOptions({
    mutationFn: (username: string) => http.delete(`${groupPath(group)}/members/${segment(username)}`),
    onSettled: refresh(client, groupPath(group)),
  });
export const createInvite = (client: QueryClient, group: Group) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof InviteBody>) => http.post(`${groupPath(group)}/invites`, body, organizations.view('NewInviteView')),
    onSettled: refresh(client, groupPath(group)),
  });
export const revokeInvite = (client: QueryClient, group: Group) =>
  mutationOptions({
    mutationFn: (id: string) => http.delete(`${groupPath(group)}/invites/${segment(id)}`),
    onSettled: refresh(client, groupPath(group)),
  });

export const createOrganization = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof OrganizationBody>) => http.post('/organizations', body, organizations.view('OrganizationView')),
    onSettled: refresh(client, '/'),
  });
export const updateOrganization = (client: QueryClient, name: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof OrganizationPatch>) =>
      http.patch(`/organizations/${segment(name)}`, body, organizations.view('OrganizationView')),
    onSettled: refresh(client, '/'),
  });
export const deleteOrganization = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ name, force }: { name: string; force: boolean }) =>
      http.delete(`/organizations/${segment(name)}`, { search: { force } }),
    onSettled: refresh(client, '/'),
  });
export const createTeam = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof TeamBody>) => http.post('/teams', body, organizations.view('TeamView')),
    onSettled: refresh(client, '/'),
  });
export const deleteTeam = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ name, force }: { name: string; force: boolean }) => http.delete(`/teams/${segment(name)}`, { search: { force } }),
    onSettled: refresh(client, '/'),
  });

export const createUser = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof UserBody>) => http.post('/users', body, organizations.view('UserView')),
    onSettled: refresh(client, '/users'),
  });
export const updateUser = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ username, ...patch }: { username: string } & z.input<typeof UserPatch>) =>
      http.patch(`/users/${segment(username)}`, patch, organizations.view('UserView')),
    onSettled: refresh(client, '/users'),
  });
export const deleteUser = (client: QueryClient) =>
  mutationOptions({ mutationFn: (username: string) => http.delete(`/users/${segment(username)}`), onSettled: refresh(client, '/users') });
export const makeResetLink = () =>
  mutationOptions({
    mutationFn: (username: string) => http.post(`/users/${segment(username)}/reset-link`, {}, session.view('ResetLink')),
  });

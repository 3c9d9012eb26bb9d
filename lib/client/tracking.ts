import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  LinkBody,
  ProjectBody,
  ProjectPatch,
  RegistryBody,
  RegistryMemberView,
  RegistryPatch,
  VersionPatch,
} from '#lib/contracts/tracking.ts';
import { http, type Search } from './http.ts';
import { apiKey, apiList, apiPages, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const records = viewsOf(() => import('#lib/contracts/run-records.ts'));
const tracking = viewsOf(() => import('#lib/contracts/tracking.ts'));

/** A project, or a registry of an organization: both hold collections. */
export type Container = { entity: string; project: string } | { registry: string; organization?: string };

const containerPath = (at: Container) =>
  'registry' in at ? `/registries/${segment(at.registry)}` : `/projects/${segment(at.entity)}/${segment(at.project)}`;
export const containerSearch = (at: Container): Search => ('registry' in at ? { organization: at.organization } : {});
/** In a project a collection is named with its type, as in the page's address; in a registry by its name alone. */
const collectionPath = (at: Container, collection: string, type?: string) =>
  'registry' in at
    ? `${containerPath(at)}/collections/${segment(collection)}`
    : `${containerPath(at)}/artifacts/${segment(type ?? '')}/${segment(collection)}`;

export const versionPath = (at: Container, collection: string, type: string | undefined, version: string) =>
  `${collectionPath(at, collection, type)}/versions/${segment(version)}`;

export const runPath = (entity: string, project: string, run: string) => `${containerPath({ entity, project })}/runs/${segment(run)}`;

export const projectQueries = {
  all: (search: Search = {}) => apiPages('/projects', tracking.page('ProjectView'), search),
  /** To choose one from. */
  whole: () => apiList('/projects', tracking.page('ProjectView')),
  one: (entity: string, project: string) => apiQuery(containerPath({ entity, project }), tracking.view('ProjectView')),
  runs: (entity: string, project: string, search: Search = {}) =>
    apiPages(`${containerPath({ entity, project })}/runs`, tracking.page('RunView'), search),
  run: (entity: string, project: string, run: string) => apiQuery(runPath(entity, project, run), tracking.view('RunDetail')),
  series: (entity: string, project: string, run: string, metric: string[], points = 1000) =>
    apiQuery(`${runPath(entity, project, run)}/series`, tracking.view('SeriesList'), { metric, points }),
  runFiles: (entity: string, project: string, run: string) =>
    apiPages(`${runPath(entity, project, run)}/files`, records.view('RunFilePage'), { limit: 200 }),
  runAlerts: (entity: string, project: string, run: string) =>
    apiPages(`${runPath(entity, project, run)}/alerts`, records.view('RunAlertPage')),
  console: (entity: string, project: string, run: string, search: { from?: number; limit?: number } = {}) =>
    apiQuery(`${runPath(entity, project, run)}/console`, records.view('ConsoleView'), search),
  runMarks: (entity: string, project: string, run: string) =>
    apiQuery(`${runPath(entity, project, run)}/firings`, tracking.view('FiringMarks')),
  events: (at: Container, search: Search = {}) =>
    apiPages(`${containerPath(at)}/events`, tracking.view('EventPage'), { ...containerSearch(at), ...search }),
};

export const registryQueries = {
  all: (search: Search = {}) => apiList('/registries', tracking.page('RegistryView'), search),
  one: (registry: string, organization?: string) =>
    apiQuery(`/registries/${segment(registry)}`, tracking.view('RegistryView'), { organization }),
  members: (registry: string, organization?: string) =>
    apiList(`/registries/${segment(registry)}/members`, tracking.page('RegistryMemberView'), { organization }),
};

export const collectionQueries = {
  all: (at: Container, search: Search = {}) =>
    apiPages(`${containerPath(at)}/${'registry' in at ? 'collections' : 'artifacts'}`, tracking.page('CollectionView'), {
      ...containerSearch(at),
      ...search,
    }),
  one: (at: Container, collection: string, type?: string) =>
    apiQuery(collectionPath(at, collection, type), tracking.view('CollectionDetail'), containerSearch(at)),
  versions: (at: Container, collection: string, type?: string) =>
    apiPages(`${collectionPath(at, collection, type)}/versions`, tracking.page('VersionView'), containerSearch(at)),
};

/** What a scope really holds. `scope` is `project:acme/vision`, `team:acme`, `registry:acme-org/model` and so on. */
export const suggestionQuery = (scope: string, kind: string, q: string) =>
  apiQuery('/suggestions', tracking.view('Suggestions'), { scope, kind, q });

/** Addresses that a browser saves from: a file of a run, and its whole console log. */
export const runDownloads = {
  file: (entity: string, project: string, run: string, path: string) =>
    `/api/v1${runPath(entity, project, run)}/download?${new URLSearchParams({ path })}`,
  console: (entity: string, project: string, run: string) => `/api/v1${runPath(entity, project, run)}/console.log`,
};

const everything = (client: QueryClient) => () => client.invalidateQueries({ queryKey: ['api'] });

export const createProject = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ProjectBody>) => http.post('/projects', body, tracking.view('ProjectView')),
    onSettled: everything(client),
  });
export const updateProject = (client: QueryClient, entity: string, project: string) =>
  mutationOptions({
    mutationFn: (patch: z.input<typeof ProjectPatch>) =>
      http.patch(containerPath({ entity, project }), patch, tracking.view('ProjectView')),
    onSettled: everything(client),
  });
export const deleteProject = (client: QueryClient, entity: string, project: string) =>
  mutationOptions({
    mutationFn: ({ force }: { force: boolean }) => http.delete(containerPath({ entity, project }), { search: { force } }),
    onSettled: everything(client),
  });
export const stopRun = (client: QueryClient, entity: string, project: string, run: string) =>
  mutationOptions({
    mutationFn: () => http.post(`${runPath(entity, project, run)}/stop`, {}, null),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey(`${containerPath({ entity, project })}/runs`) }),
  });

export const createRegistry = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof RegistryBody>) => http.post('/registries', body, tracking.view('RegistryView')),
    onSettled: everything(client),
  });
export const updateRegistry = (client: QueryClient, registry: string, organization?: string) =>
  mutationOptions({
    mutationFn: (patch: z.input<typeof RegistryPatch>) =>
      http.patch(`/registries/${segment(registry)}`, patch, tracking.view('RegistryView'), { search: { organization } }),
    onSettled: everything(client),
  });
export const deleteRegistry = (client: QueryClient, registry: string, organization?: string) =>
  mutationOptions({
    mutationFn: ({ force }: { force: boolean }) => http.delete(`/registries/${segment(registry)}`, { search: { organization, force } }),
    onSettled: everything(client),
  });
export const setRegistryMember = (client: QueryClient, registry: string, organization?: string) =>
  mutationOptions({
    mutationFn: (body: z.infer<typeof RegistryMemberView>) =>
      http.post(`/registries/${segment(registry)}/members`, body, tracking.view('RegistryMemberView'), { search: { organization } }),
    onSettled: everything(client),
  });
export const removeRegistryMember = (client: QueryClient, registry: string, organization?: string) =>
  mutationOptions({
    mutationFn: ({ kind, name }: { kind: 'user' | 'team'; name: string }) =>
      http.delete(`/registries/${segment(registry)}/members/${kind}/${segment(name)}`, { search: { organization } }),
    onSettled: everything(client),
  });

/** `version` is `v3`. Aliases and tags of a version; each added one is an event. */
export const updateVersion = (client: QueryClient, at: Container, collection: string, type?: string) =>
  mutationOptions({
    mutationFn: ({ version, ...patch }: { version: string } & z.input<typeof VersionPatch>) =>
      http.patch(versionPath(at, collection, type, version), patch, tracking.view('VersionView'), {
        search: containerSearch(at),
      }),
    onSettled: everything(client),
  });
/** In a project: deletes the version. In a registry: unlinks it. */
export const deleteVersion = (client: QueryClient, at: Container, collection: string, type?: string) =>
  mutationOptions({
    mutationFn: ({ version, force = false }: { version: string; force?: boolean }) =>
      http.delete(versionPath(at, collection, type, version), { search: { ...containerSearch(at), force } }),
    onSettled: everything(client),
  });
export const linkVersion = (client: QueryClient, at: Container, collection: string, type?: string) =>
  mutationOptions({
    mutationFn: ({ version, ...body }: { version: string } & z.input<typeof LinkBody>) =>
      http.post(`${versionPath(at, collection, type, version)}/links`, body, tracking.view('VersionView'), {
        search: containerSearch(at),
      }),
    onSettled: everything(client),
  });
export const updateCollection = (client: QueryClient, at: Container, collection: string, type?: string) =>
  mutationOptions({
    mutationFn: (patch: { description?: string; addTags?: string[]; removeTags?: string[] }) =>
      http.patch(collectionPath(at, collection, type), patch, tracking.view('CollectionDetail'), { search: containerSearch(at) }),
    onSettled: everything(client),
  });

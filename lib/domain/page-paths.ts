import { REGISTRY_PROJECT_PREFIX } from './fixed-names.ts';
import type { Place } from './scope.ts';

const segments = (...names: string[]) => `/${names.map(encodeURIComponent).join('/')}`;

function withSearch(path: string, search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export type ProjectTab = 'runs' | 'artifacts' | 'automations';
/** Beside a run's metrics, which have no tab in the address. */
export const RUN_TABS = ['system', 'automations', 'artifacts', 'files', 'console', 'alerts'] as const;
export type RunTab = (typeof RUN_TABS)[number];
/** Beside a version's overview, which has no tab in the address. */
export const VERSION_TABS = ['files', 'lineage', 'automations'] as const;
export type VersionTab = (typeof VERSION_TABS)[number];
export type OrganizationSection = 'members' | 'teams' | 'registries' | 'audit-log';
export type InstanceSection = 'users' | 'organizations' | 'network' | 'encryption' | 'audit-log';
export type TeamSection = 'members' | 'secrets' | 'webhooks' | 'slack' | 'api-keys' | 'connect' | 'audit-log';

/** The address of every page. Names stand in addresses as their users gave them. */
export const pagePaths = {
  home: () => '/',
  setup: () => '/setup',
  login: () => '/login',
  authorize: () => '/authorize',
  invite: (token: string) => segments('invite', token),
  reset: (token: string) => segments('reset', token),
  apiReference: () => '/docs/api',
  settings: () => '/settings',
  /** Without a section: the first. */
  instanceSettings: (section?: InstanceSection) => segments('settings', 'instance', ...(section ? [section] : [])),
  organizationSettings: (organization: string, section?: OrganizationSection) =>
    segments('settings', 'organizations', organization, ...(section ? [section] : [])),
  /** Without a section: the first one that the reader may open. */
  teamSettings: (entity: string, section?: TeamSection) => segments(entity, 'settings', ...(section ? [section] : [])),
  webhook: (entity: string, id: string, tab?: 'verify') => segments(entity, 'settings', 'webhooks', id, ...(tab ? [tab] : [])),
  slackChannel: (entity: string, id: string) => segments(entity, 'settings', 'slack', id),

  automations: () => '/automations',
  newAutomation: () => '/automations/new',
  automation: (id: string) => segments('automations', id),
  editAutomation: (id: string) => segments('automations', id, 'edit'),
  event: (id: string) => segments('automations', 'events', id),
  /** What failed for good; under a name that no user can have. */
  deadLetters: (search: { webhook?: string; automation?: string; entity?: string } = {}) => withSearch('/executions/dead-letters', search),
  execution: (id: string) => segments('executions', id),

  projects: (entity?: string) => withSearch('/projects', { entity }),
  project: (entity: string, project: string, tab?: ProjectTab) => segments(entity, project, ...(tab ? [tab] : [])),
  newProjectAutomation: (entity: string, project: string) => segments(entity, project, 'automations', 'new'),
  projectAutomation: (entity: string, project: string, id: string) => segments(entity, project, 'automations', id),
  editProjectAutomation: (entity: string, project: string, id: string) => segments(entity, project, 'automations', id, 'edit'),
  /** Without a tab: its metrics. */
  run: (entity: string, project: string, run: string, tab?: RunTab) => segments(entity, project, 'runs', run, ...(tab ? [tab] : [])),
  collection: (entity: string, project: string, type: string, collection: string) =>
    segments(entity, project, 'artifacts', type, collection),
  /** `v3`; without a tab: its overview. The client prints this address too. */
  version: (entity: string, project: string, type: string, collection: string, version: string, tab?: VersionTab) =>
    segments(entity, project, 'artifacts', type, collection, version, ...(tab ? [tab] : [])),

  registries: (organization?: string) => withSearch('/registry', { organization }),
  registry: (name: string, organization?: string) => withSearch(segments('registry', name), { organization }),
  registryAutomations: (name: string, organization?: string) => withSearch(segments('registry', name, 'automations'), { organization }),
  registrySettings: (name: string, organization?: string) => withSearch(segments('registry', name, 'settings'), { organization }),
  registryCollection: (name: string, collection: string, organization?: string) =>
    withSearch(segments('registry', name, collection), { organization }),
  registryVersion: (name: string, collection: string, version: string, organization?: string, tab?: VersionTab) =>
    withSearch(segments('registry', name, collection, version, ...(tab ? [tab] : [])), { organization }),
};

/** A registry's own name, from the project that the client knows it as. */
export const registryNameOf = (project: string) => project.slice(REGISTRY_PROJECT_PREFIX.length);

/** The page of a collection, wherever it lies. */
export const collectionPathAt = (place: Place, type: string, collection: string) =>
  place.isRegistry
    ? pagePaths.registryCollection(registryNameOf(place.project), collection, place.entity)
    : pagePaths.collection(place.entity, place.project, type, collection);

/** The page of a version, wherever it lies. */
export const versionPathAt = (place: Place, type: string, collection: string, versionIndex: number) =>
  place.isRegistry
    ? pagePaths.registryVersion(registryNameOf(place.project), collection, `v${versionIndex}`, place.entity)
    : pagePaths.version(place.entity, place.project, type, collection, `v${versionIndex}`);

import type { Scene } from './scene.ts';

/** The address of every page, in a scene where each has something to show. */
export const PAGES: readonly { name: string; path: (scene: Scene) => string; signedOut?: true }[] = [
  { name: 'sign in', path: () => '/login', signedOut: true },
  { name: 'invite', path: ({ invite }) => invite, signedOut: true },
  { name: 'reset', path: ({ reset }) => reset, signedOut: true },
  { name: 'home', path: () => '/' },
  { name: 'projects', path: () => '/projects' },
  { name: 'automations', path: () => '/automations' },
  { name: 'new automation', path: () => '/automations/new' },
  { name: 'automation', path: ({ automation }) => `/automations/${automation}` },
  { name: 'edit automation', path: ({ automation }) => `/automations/${automation}/edit` },
  { name: 'execution', path: ({ execution }) => `/executions/${execution}` },
  { name: 'project', path: ({ team, project }) => `/${team}/${project}` },
  { name: 'runs', path: ({ team, project }) => `/${team}/${project}/runs` },
  { name: 'run', path: ({ team, project }) => `/${team}/${project}/runs/r1` },
  ...['system', 'files', 'console', 'alerts'].map((tab) => ({
    name: `run ${tab}`,
    path: ({ team, project }: Scene) => `/${team}/${project}/runs/r2/${tab}`,
  })),
  { name: 'artifacts', path: ({ team, project }) => `/${team}/${project}/artifacts` },
  { name: 'collection', path: ({ team, project }) => `/${team}/${project}/artifacts/model/detector` },
  { name: 'project automations', path: ({ team, project }) => `/${team}/${project}/automations` },
  { name: 'project history', path: ({ team, project }) => `/${team}/${project}/automations?view=history` },
  {
    name: 'opened execution',
    path: ({ team, project, execution }) => `/${team}/${project}/automations?view=history&execution=${execution}`,
  },
  { name: 'registries', path: () => '/registry' },
  { name: 'registry', path: ({ registry }) => `/registry/${registry}` },
  { name: 'registry collection', path: ({ registry }) => `/registry/${registry}/fraud` },
  { name: 'registry automations', path: ({ registry }) => `/registry/${registry}/automations` },
  { name: 'registry settings', path: ({ registry }) => `/registry/${registry}/settings` },
  ...['members', 'secrets', 'webhooks', 'slack', 'api-keys', 'audit-log'].map((section) => ({
    name: `team ${section}`,
    path: ({ team }: Scene) => `/${team}/settings/${section}`,
  })),
  { name: 'my settings', path: () => '/settings' },
  { name: 'organization settings', path: ({ organization }) => `/settings/organizations/${organization}` },
  { name: 'instance settings', path: () => '/settings/instance' },
  { name: 'authorize', path: () => '/authorize' },
  { name: 'API reference', path: () => '/docs/api' },
];

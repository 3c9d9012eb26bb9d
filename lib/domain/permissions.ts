export const ROLES = ['admin', 'member', 'viewer', 'restricted_viewer'] as const;
/** `restricted_viewer` exists in registries only: may see, may not download. */
export type Role = (typeof ROLES)[number];

/** Who asks. Every decision about rights starts from this value, never from a nullable user id. */
export type Actor =
  | { kind: 'user'; userId: number; username: string; instanceAdmin: boolean; sessionId: string }
  | { kind: 'api_key'; userId: number; username: string; instanceAdmin: boolean; keyId: string; serviceAccount: boolean }
  | { kind: 'system' }
  | { kind: 'anonymous' };

/** The matrix: for each right the roles that have it. Enforced here only, for browser, REST and GraphQL alike. */
export const PERMISSIONS = {
  see: ['admin', 'member', 'viewer', 'restricted_viewer'],
  download: ['admin', 'member', 'viewer'],
  preview: ['admin', 'member'],
  'automations:write': ['admin', 'member'],
  'executions:replay': ['admin', 'member'],
  'events:write': ['admin', 'member'],
  'artifacts:write': ['admin', 'member'],
  'projects:create': ['admin', 'member'],
  'projects:edit': ['admin', 'member'],
  'projects:delete': ['admin'],
  'registries:create': ['admin'],
  'registries:edit': ['admin'],
  'integrations:list': ['admin', 'member'],
  'integrations:use': ['admin', 'member'],
  'integrations:test_saved': ['admin', 'member'],
  'integrations:test': ['admin'],
  'integrations:write': ['admin'],
  'secrets:list_names': ['admin', 'member'],
  'secrets:write': ['admin'],
  'members:list': ['admin', 'member', 'viewer'],
  'members:write': ['admin'],
  'keys:others': ['admin'],
  'audit:read': ['admin'],
  'teams:create': ['admin', 'member'],
  'entities:edit': ['admin'],
  'entities:delete': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export const roleMay = (role: Role | null, permission: Permission) =>
  role !== null && (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** What the admins of a team's organization, and of the instance, may do where they are no members. */
const MANAGING: readonly Permission[] = ['members:list', 'members:write', 'teams:create', 'entities:edit', 'entities:delete'];

/** Rights over what an entity keeps in its settings; whoever manages the entity knows that these exist. */
const SETTINGS: readonly Permission[] = [
  'integrations:list',
  'integrations:test',
  'integrations:write',
  'secrets:list_names',
  'secrets:write',
  'keys:others',
  'audit:read',
  'registries:create',
];

/** How somebody stands to an entity or registry. `manages` without a role: sees that it exists and who is in it, no more. */
export type Standing = { role: Role | null; manages: boolean };
export type Verdict = 'allowed' | 'forbidden' | 'not_found';

/** The one rule of who may do what: not seeing is not found, seeing without the right is forbidden. */
export function judge({ role, manages }: Standing, permission: Permission): Verdict {
  if (roleMay(role, permission) || (manages && MANAGING.includes(permission))) return 'allowed';
  if (role !== null) return 'forbidden';
  return manages && SETTINGS.includes(permission) ? 'forbidden' : 'not_found';
}

/** What a refused caller is told: the right in words, and who can help. */
export const PERMISSION_WORDS: Record<Permission, string> = {
  see: 'see this',
  download: 'download files here',
  preview: 'preview and backtest here',
  'automations:write': 'create or change automations here',
  'executions:replay': 'replay executions here',
  'events:write': 'send events or log runs here',
  'artifacts:write': 'change aliases, tags and links here',
  'projects:create': 'make projects here',
  'projects:edit': 'edit projects here',
  'projects:delete': 'delete projects here',
  'registries:create': 'make registries here',
  'registries:edit': 'change this registry',
  'integrations:list': 'list integrations here',
  'integrations:use': 'use this team’s integrations',
  'integrations:test_saved': 'send tests through this team’s integrations',
  'integrations:test': 'send tests in these settings',
  'integrations:write': 'change webhooks and Slack channels here',
  'secrets:list_names': 'see the names of secrets here',
  'secrets:write': 'change secrets here',
  'members:list': 'see the members here',
  'members:write': 'change members here',
  'keys:others': 'manage other people’s API keys here',
  'audit:read': 'read the audit log here',
  'teams:create': 'make teams here',
  'entities:edit': 'rename this',
  'entities:delete': 'delete this',
};

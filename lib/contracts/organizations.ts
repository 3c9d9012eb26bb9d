import { z } from 'zod';
import { Json } from '#lib/domain/json.ts';
import { EntityName, ForeignApiKey } from '#lib/domain/names.ts';
import { Email, Password } from './session.ts';
import { EntityRole, Moment, RoleName } from './view.ts';

export const UserView = z.object({
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  admin: z.boolean(),
  serviceAccountOf: z.string().nullable(),
  disabled: z.boolean(),
  createdAt: Moment,
});
export const UserBody = z.strictObject({
  username: EntityName,
  email: Email.optional(),
  password: Password.optional(),
  apiKey: ForeignApiKey.optional(),
  admin: z.boolean().default(false),
});
export const UserPatch = z.strictObject({ admin: z.boolean().optional(), disabled: z.boolean().optional() });

export const OrganizationView = z.object({
  /** The name of its entity: what addresses and documents use. */
  name: z.string(),
  displayName: z.string(),
  role: RoleName.nullable(),
  teams: z.array(z.string()),
  createdAt: Moment,
});
export const OrganizationBody = z.strictObject({
  name: z.string().trim().min(1, 'Give the organization a name.').max(128),
  entity: EntityName.optional(),
});
export const OrganizationPatch = z.strictObject({ displayName: z.string().trim().min(1).max(128).optional() });

export const TeamView = z.object({
  name: z.string(),
  organization: z.string(),
  role: RoleName.nullable(),
  members: z.number(),
  projects: z.number(),
  createdAt: Moment,
});
export const TeamBody = z.strictObject({ name: EntityName, organization: z.string().optional() });

export const MemberView = z.object({
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: RoleName,
  serviceAccount: z.boolean(),
  since: Moment,
  me: z.boolean(),
});
export type MemberView = z.infer<typeof MemberView>;
export const MemberBody = z.strictObject({ username: z.string().min(1), role: EntityRole.default('member') });
export const MemberPatch = z.strictObject({ role: EntityRole });

export const InviteView = z.object({
  id: z.string(),
  role: RoleName,
  note: z.string(),
  invitedBy: z.string(),
  createdAt: Moment,
  expiresAt: Moment,
});
export type InviteView = z.infer<typeof InviteView>;
export const InviteBody = z.strictObject({ role: EntityRole.default('member'), note: z.string().trim().max(128).default('') });
/** The only time the link itself is told. */
export const NewInviteView = InviteView.extend({ url: z.string() });

export const AuditEntry = z.object({
  id: z.string(),
  at: Moment,
  actor: z.string(),
  actorKind: z.enum(['user', 'api_key', 'system', 'anonymous']),
  what: z.string(),
  target: z.string(),
  before: Json.nullable(),
  after: Json.nullable(),
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

import { z } from 'zod';
import { NO_EMAIL_DOMAIN } from '#lib/domain/fixed-names.ts';
import { EntityName } from '#lib/domain/names.ts';
import { Moment, RoleName } from './view.ts';

export const Password = z
  .string('Give a password.')
  .min(12, 'A password has at least 12 characters.')
  .max(256, 'A password has at most 256 characters.');
export const Email = z
  .email('This is not an e-mail address.')
  .max(254)
  .refine(
    (email) => !email.toLowerCase().endsWith(`@${NO_EMAIL_DOMAIN}`),
    `Addresses at ${NO_EMAIL_DOMAIN} stand for accounts without an e-mail. Give another, or none.`,
  );

export const SignInBody = z.strictObject({
  login: z.string('Give your user name or e-mail.').min(1, 'Give your user name or e-mail.').max(254),
  password: z.string('Give your password.').min(1, 'Give your password.').max(256, 'A password has at most 256 characters.'),
});

/** An entity that the visitor belongs to, with the visitor's role: what the switcher and menus need. */
export const MyEntity = z.object({
  name: z.string(),
  kind: z.enum(['user', 'team', 'organization']),
  displayName: z.string(),
  role: RoleName,
  /** The organization's entity, for teams. */
  organization: z.string().nullable(),
});
export type MyEntity = z.infer<typeof MyEntity>;

/** `GET /api/v1/me`: who I am, where I belong, what the shell shows. */
export const MeView = z.object({
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  instanceAdmin: z.boolean(),
  entities: z.array(MyEntity),
  publicUrl: z.string(),
  version: z.string(),
  /** Sentences for signed-in people, such as a wrong public URL (admins only) or a webhook that was paused. */
  notices: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(['info', 'warning', 'danger']),
      text: z.string(),
      href: z.string().nullable(),
      at: Moment,
    }),
  ),
});
export type MeView = z.infer<typeof MeView>;

export const ProfilePatch = z.strictObject({ name: z.string().trim().min(1).max(128).optional(), email: Email.nullable().optional() });
export const PasswordBody = z.strictObject({ current: z.string().min(1, 'Give your current password.'), password: Password });

/** `GET /api/v1/setup`: 404 once an admin exists. */
export const SetupView = z.object({ tokenNeeded: z.boolean() });
export const SetupBody = z.strictObject({
  token: z.string().optional(),
  organization: z.string('Give the organization a name.').trim().min(1, 'Give the organization a name.').max(128),
  /** The organization's entity; made from its name when absent. */
  organizationEntity: EntityName.optional(),
  username: EntityName,
  email: Email.optional(),
  password: Password,
  team: EntityName,
  registries: z.boolean().default(true),
});
export type SetupBody = z.input<typeof SetupBody>;
export const SetupDone = z.object({ team: z.string(), organization: z.string() });

/** What an invite link shows before it is accepted. */
export const InviteOffer = z.object({
  entity: z.string(),
  entityKind: z.enum(['team', 'organization']),
  role: RoleName,
  invitedBy: z.string(),
  expiresAt: Moment,
  /** Set when the visitor is signed in: accepting needs no new account. */
  signedInAs: z.string().nullable(),
});
/** Accepting makes an account unless the visitor is signed in. */
export const AcceptInviteBody = z.strictObject({ username: EntityName.optional(), email: Email.optional(), password: Password.optional() });
export const InviteAccepted = z.object({ entity: z.string() });

export const ResetOffer = z.object({ username: z.string(), expiresAt: Moment });
export const ResetBody = z.strictObject({ password: Password });
/** An instance admin makes a link for a user: one use, one hour. */
export const ResetLink = z.object({ url: z.string(), expiresAt: Moment });

export const ApiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  owner: z.string(),
  serviceAccount: z.boolean(),
  team: z.string().nullable(),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
/** The only time the key itself is told. */
export const NewApiKeyView = ApiKeyView.extend({ key: z.string() });
export const ApiKeyBody = z.strictObject({
  name: z.string().trim().max(128).default(''),
  /** A service account of this team, for which its admins make keys; absent: a key of mine. */
  serviceAccount: z
    .strictObject({ team: z.string(), name: EntityName, role: z.enum(['admin', 'member', 'viewer']).default('member') })
    .optional(),
});

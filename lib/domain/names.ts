import { z } from 'zod';
import { REGISTRY_PROJECT_PREFIX, RESERVED_ENTITY_NAMES } from './fixed-names.ts';

/** Users, teams and organizations' entities share one name space, compared without case and kept as typed. */
export const EntityName = z
  .string('Give a name.')
  .min(1, 'Give a name.')
  .max(64, 'A name has at most 64 characters.')
  .regex(/^[A-Za-z0-9_-]+$/, 'Use only letters, digits, "_" and "-".')
  .refine(
    (name) => !RESERVED_ENTITY_NAMES.has(name.toLowerCase()),
    'This name is reserved, because it is part of an address. Choose another.',
  );

/** What the client refuses in a project's name: / \ # ? % : and 128 characters at most. */
const PROJECT_FORBIDDEN = /[/\\#?%:]/;

const projectLike = (what: string) =>
  z
    .string(`Give the ${what} a name.`)
    .min(1, `Give the ${what} a name.`)
    .max(128, 'A name has at most 128 characters.')
    .refine((name) => !PROJECT_FORBIDDEN.test(name), 'A name cannot contain / \\ # ? % or :')
    .refine((name) => !hasControlCharacter(name), 'A name cannot contain control characters.')
    .refine(
      (name) => name.trim() === name && name !== '.' && name !== '..',
      'A name cannot begin or end with a space, nor be "." or "..".',
    );

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 32 || code === 127) return true;
  }
  return false;
}

export const ProjectName = projectLike('project')
  .refine((name) => name.toLowerCase() !== 'settings', 'A project cannot be named "settings". Choose another name.')
  .refine((name) => !name.startsWith(REGISTRY_PROJECT_PREFIX), `Names that begin with "${REGISTRY_PROJECT_PREFIX}" belong to registries.`);

/** A registry's own name; as a project it is REGISTRY_PROJECT_PREFIX plus this. */
export const RegistryName = projectLike('registry')
  .max(128 - REGISTRY_PROJECT_PREFIX.length, `A registry's name has at most ${128 - REGISTRY_PROJECT_PREFIX.length} characters.`)
  .refine(
    (name) => !name.startsWith(REGISTRY_PROJECT_PREFIX),
    `Leave the "${REGISTRY_PROJECT_PREFIX}" away: it is added where the client needs it.`,
  );

/** The client allows letters, digits, "_", "-", "." in artifact names, 128 at most. */
export const CollectionName = z
  .string('Give the collection a name.')
  .min(1, 'Give the collection a name.')
  .max(128, 'A collection’s name has at most 128 characters.')
  .regex(/^[A-Za-z0-9_.-]+$/, 'Use only letters, digits, "_", "-" and ".".')
  .refine((name) => name !== '.' && name !== '..', 'A collection cannot be named "." or "..".');

export const RegistryCollectionName = CollectionName.refine(
  (name) => name !== 'automations' && name !== 'settings',
  'A registry’s collection cannot be named "automations" or "settings", because those are pages. Choose another.',
);

export const ArtifactTypeName = z
  .string('Give the artifact a type, such as "model".')
  .min(1, 'Give the artifact a type, such as "model".')
  .max(128, 'A type has at most 128 characters.')
  .regex(/^[A-Za-z0-9_.-]+$/, 'Use only letters, digits, "_", "-" and ".".');

/** Run ids as the client accepts them: none of : ; , # ? / ' and not blank. */
export const RunId = z
  .string('Give the run an id.')
  .min(1, 'Give the run an id.')
  .max(128, 'A run’s id has at most 128 characters.')
  .refine((id) => !/[:;,#?/']/.test(id), "A run's id cannot contain : ; , # ? / or '")
  .refine((id) => id.trim() === id && !hasControlCharacter(id), 'A run’s id cannot begin or end with a space.');

/** Aliases and tags as the client accepts them; vN and latest are the server's. */
export const AliasName = z
  .string('Give an alias.')
  .min(1, 'Give an alias.')
  .max(256, 'An alias has at most 256 characters.')
  .refine((alias) => !/[/:]/.test(alias) && !hasControlCharacter(alias), 'An alias cannot contain "/" or ":".');

export const TagName = z
  .string('Give a tag.')
  .min(1, 'Give a tag.')
  .max(256, 'A tag has at most 256 characters.')
  .refine((tag) => !hasControlCharacter(tag), 'A tag cannot contain control characters.');

export const WebhookName = z
  .string('Give the webhook a name.')
  .min(1, 'Give the webhook a name.')
  .max(64, 'A name has at most 64 characters.')
  .regex(/^[-\w]+([ ]+[-\w]+)*$/, 'Use letters, digits, "_", "-", with single words separated by spaces.');

export const SecretName = z
  .string('Give the secret a name.')
  .min(1, 'Give the secret a name.')
  .max(128, 'A secret’s name has at most 128 characters.')
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Begin with a letter or "_", then letters, digits and "_".');

/** An API key made elsewhere and given to us: the client asks for 40 characters at least. */
export const ForeignApiKey = z.string().regex(/^[A-Za-z0-9_-]{40,64}$/, 'An API key has 40 to 64 letters, digits, "_" and "-".');

/** The form in which two names of one name space are compared. */
export const foldName = (name: string) => name.toLowerCase();

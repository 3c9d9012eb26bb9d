import { EntityName } from './names.ts';

const MAX_LENGTH = 64;

/** Names for an organization's entity made from its display name, best first: `Acme`, `Acme-org`, `Acme-org-2`, … */
export function* organizationEntityNames(displayName: string): Generator<string> {
  const base =
    displayName
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, MAX_LENGTH - 10) || 'organization';
  if (EntityName.safeParse(base).success) yield base;
  yield `${base}-org`;
  for (let number = 2; ; number++) yield `${base}-org-${number}`;
}

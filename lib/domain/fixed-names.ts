/** Names that are the first part of a page's or protocol's address and so can be nobody's. */
export const RESERVED_ENTITY_NAMES: ReadonlySet<string> = new Set(
  (
    'api graphql files artifactsv2 storage sdk setup login logout authorize invite reset automations executions ' +
    'registry projects settings docs healthz ready metrics orgs _next'
  ).split(' '),
);

/** Accounts without an e-mail sign in under `<name>@` this, which is nobody's (RFC 2606) and so no e-mail that can be given. */
export const NO_EMAIL_DOMAIN = 'users.invalid';

/** A registry is a project of this name and its own. */
export const REGISTRY_PROJECT_PREFIX = 'wandb-registry-';

/** What versions are called by themselves. */
export const isVersionAlias = (alias: string) => /^v\d+$/.test(alias);
export const LATEST_ALIAS = 'latest';

/** The access token's name in payloads; like any secret it is masked wherever people look. */
export const ACCESS_TOKEN = 'ACCESS_TOKEN';

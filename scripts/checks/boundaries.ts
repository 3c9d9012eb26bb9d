/** Which of our folders a folder may import; itself and `lib/errors.ts` it always may. The longest matching name counts. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/domain': [],
  'lib/contracts': ['lib/domain'],
  'lib/client': ['lib/contracts', 'lib/domain'],
  'lib/store': ['lib/domain'],
  'lib/delivery': ['lib/domain'],
  'lib/secrets': ['lib/domain'],
  'lib/files': ['lib/domain'],
  'lib/auth': ['lib/domain', 'lib/store'],
  'lib/engine': ['lib/domain', 'lib/store', 'lib/delivery'],
  'lib/services': ['lib/domain', 'lib/contracts', 'lib/store', 'lib/auth', 'lib/engine', 'lib/delivery', 'lib/secrets', 'lib/files'],
  'lib/wandb': ['lib/domain', 'lib/services'],
  'lib/runtime': ['lib/domain', 'lib/store', 'lib/auth', 'lib/engine', 'lib/services', 'lib/delivery', 'lib/secrets', 'lib/files'],
  'lib/api': ['lib/domain', 'lib/contracts', 'lib/auth', 'lib/services', 'lib/runtime'],
  'lib/server': ['lib'],
  'lib/cli': ['lib'],
  'components/ui': [],
  components: ['components/ui', 'lib/client', 'lib/contracts', 'lib/domain'],
  app: ['components', 'components/ui', 'lib/client', 'lib/contracts', 'lib/domain'],
};

/** What is bundled for the browser or for pages, and what it must not even reach through others. */
export const BROWSER: readonly string[] = ['app', 'components', 'lib/client'];
export const BROWSER_SAFE: readonly string[] = [...BROWSER, 'lib/contracts', 'lib/domain', 'lib/errors.ts'];

/** Modules that only some folders may use. Addresses that users give are connected to by lib/delivery alone. */
export const RESERVED: readonly { modules: readonly string[]; only: readonly string[] }[] = [
  { modules: ['undici'], only: ['lib/delivery'] },
  {
    modules: ['http', 'https', 'http2', 'net', 'tls', 'dgram'],
    only: ['lib/delivery', 'lib/server', 'lib/cli', 'lib/files', 'lib/secrets', 'lib/auth'],
  },
  { modules: ['pg', 'kysely', 'sqlite'], only: ['lib/store', 'lib/auth', 'lib/runtime'] },
];

/** Packages that the domain may use: they run in the browser and touch neither clock nor network. */
export const DOMAIN_PACKAGES: readonly string[] = ['zod', 're2js', 'croner'];

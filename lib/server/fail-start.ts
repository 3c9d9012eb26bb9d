import { ConfigurationError } from '#lib/runtime/configuration-error.ts';

/** A wrong configuration is one sentence and exit code 2; anything else is a bug with its stack. */
export function failStart(error: unknown): never {
  process.stderr.write(error instanceof ConfigurationError ? `${error.message}\n` : `${(error as Error)?.stack ?? error}\n`);
  process.exit(error instanceof ConfigurationError ? 2 : 1);
}

import { ConfigurationError } from '#lib/runtime/configuration-error.ts';
import { createRuntime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `hookline worker`: delivers beside any number of servers, and opens no port. */
export async function work(): Promise<void> {
  const env = readEnv(process.env);
  if (env.databaseUrl === undefined) {
    throw new ConfigurationError(
      'DATABASE_URL is not set: a worker of its own needs PostgreSQL; with the embedded database "hookline start" delivers too.',
    );
  }
  const log = createLog(env.logLevel);
  const runtime = await createRuntime(env, log);
  const { engine } = runtime.platform;
  await engine.start();
  const stop = async () => {
    await engine.stop();
    await runtime.close();
  };
  stopOnSignals(stop, log);
  log.info('delivering');
  process.stderr.write('Hookline delivers beside the servers of this database.\n');
}

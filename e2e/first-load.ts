import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Scripts of a page until it is at rest, gzipped; docs/decisions/0014-a-budget-for-scripts.md says what counts and why. */
export const BUDGET = 200_000;

const CHARTS = 231_000; // uplot
const WIZARD = 239_000;

/** Pages that are above the budget, and what they may weigh until somebody brings them below it. None may grow. */
const ABOVE: Readonly<Record<string, number>> = {
  'replay of many': 268_000, // asks at once, and so brings zod; and a dialog
  'deletion of an automation': 241_000,
  automation: 226_000,
  run: CHARTS,
  'run system': CHARTS,
  'new automation': WIZARD,
  'edit automation': WIZARD,
  'API reference': 234_000,
  'webhook’s signature': 227_000,
  'opened execution': 220_000,
  automations: 213_000,
  'project automations': 217_000,
  'registry automations': 216_000,
  'registry settings': 217_000,
  'my settings': 217_000,
  webhook: 217_000,
  'Slack channel': 217_000,
  collection: 214_000,
  'registry collection': 214_000,
  project: 211_000,
  'run automations': 210_000,
  'run artifacts': 210_000,
  'run files': 209_000,
  'run console': 209_000,
  'project history': 209_000,
  'run alerts': 208_000,
  'team slack': 208_000,
  'team webhooks': 207_000,
  replays: 207_000,
  'dead letters': 206_000,
  'version automations': 207_000,
  'team audit-log': 206_000,
  'team members': 205_000,
  runs: 205_000,
  execution: 205_000,
  artifacts: 204_000,
  'version files': 204_000,
  'version lineage': 203_000,
  'registry version lineage': 203_000,
  registry: 202_000,
  'team secrets': 202_000,
  'team api-keys': 202_000,
  'organization settings': 202_000,
};

export const limitOf = (name: string) => ABOVE[name] ?? BUDGET;

/** Begins to collect what scripts the page fetches. Answers how to end, with the heaviest first. */
export function watchScripts(page: Page) {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.set(
        response.url(),
        response.body().then((body) => gzipSync(body).length),
      );
  });
  return async () => {
    await page.waitForLoadState('networkidle');
    const scripts = await Promise.all(
      [...sizes].map(async ([url, size]) => ({ name: new URL(url).pathname.split('/').at(-1)!, size: await size })),
    );
    return scripts.toSorted((a, b) => b.size - a.size);
  };
}

import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Scripts of a page until it is at rest, gzipped; docs/decisions/0014-a-budget-for-scripts.md says what counts and why. */
export const BUDGET = 200_000;

/** What happens meanwhile is told on its stream, and the first row that is told brings the views and zod. */
const LIVE = 272_000;

/**
 * Pages that are above the budget, and what they may weigh until somebody brings them below it: what they do, and three
 * kilobytes for small changes. None may grow beyond.
 */
const ABOVE: Readonly<Record<string, number>> = {
  automation: LIVE,
  'dead letters': LIVE,
  replays: LIVE,
  'project history': LIVE,
  'opened execution': LIVE,
  'deletion of an automation': LIVE + 20_000, // and a dialog
  'replay of many': LIVE + 20_000,
  'edit automation': 241_000,
  'new automation': 238_000,
  'API reference': 238_000,
  run: 234_000,
  'run system': 234_000,
  'webhook’s signature': 230_000,
  'registry settings': 220_000,
  'my settings': 220_000,
  'project automations': 220_000,
  webhook: 220_000,
  'Slack channel': 220_000,
  'registry automations': 219_000,
  collection: 217_000,
  'registry collection': 217_000,
  automations: 216_000,
  project: 214_000,
  'run automations': 213_000,
  'run artifacts': 213_000,
  'run files': 212_000,
  'run console': 212_000,
  'team slack': 211_000,
  'run alerts': 211_000,
  'team webhooks': 210_000,
  'version automations': 210_000,
  'team audit-log': 209_000,
  runs: 209_000,
  'team members': 208_000,
  'version files': 207_000,
  artifacts: 207_000,
  'version lineage': 206_000,
  'registry version lineage': 206_000,
  'team api-keys': 206_000,
  'team secrets': 205_000,
  'organization settings': 205_000,
  registry: 205_000,
  event: 204_000,
  version: 204_000,
  'registry version': 204_000,
  'instance settings': 204_000,
  'team connect': 202_000,
  projects: 202_000,
  execution: 207_000,
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

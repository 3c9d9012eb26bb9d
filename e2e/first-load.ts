import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Scripts of a page until it is at rest, gzipped; docs/decisions/0014-a-budget-for-scripts.md says what counts and why. */
export const BUDGET = 200_000;

/** Pages above the budget, with three kilobytes for small changes, each for what it has to show at once. None may grow beyond. */
const ABOVE: Readonly<Record<string, number>> = {
  // react-hook-form is 15, and every control of an event's step
  'edit automation': 224_000,
  'new automation': 220_000,
  // uplot is 22
  run: 214_000,
  'run system': 214_000,
  // a dialog that the address opens: Radix's is 14
  'deletion of an automation': 215_000,
  'replay of many': 207_000,
  // a list and the execution that is opened beside it
  'opened execution': 203_000,
};

/** Pages that follow what happens: what is told or read again before they are at rest brings the views and zod, once. */
const FOLLOWING: ReadonlySet<string> = new Set([
  ...['automation', 'deletion of an automation', 'opened execution', 'project history'],
  ...['dead letters', 'replay of many', 'replays', 'run console'],
]);
const VIEWS_AND_ZOD = 52_000;

/** `reread`: the page itself asked the API for something before it was at rest. */
export const limitOf = (name: string, reread: boolean) => (ABOVE[name] ?? BUDGET) + (reread && FOLLOWING.has(name) ? VIEWS_AND_ZOD : 0);

/** Begins to collect what scripts the page fetches. Answers how to end, with the heaviest first and whether the page read anything. */
export function watchScripts(page: Page) {
  const sizes = new Map<string, Promise<number>>();
  let reread = false;
  page.on('response', (response) => {
    reread ||= response.request().resourceType() === 'fetch' && new URL(response.url()).pathname.startsWith('/api/v1/');
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
    return { scripts: scripts.toSorted((a, b) => b.size - a.size), reread };
  };
}

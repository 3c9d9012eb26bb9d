import { performance } from 'node:perf_hooks';
import { type Browser, chromium } from 'playwright';
import { findChromium } from '../scripts/test/chromium.ts';
import { openClient } from './client.ts';
import { type BenchInstance, startInstance } from './instance.ts';
import { percentile, type Scenario } from './scenario.ts';

const ROUNDS = 7;
const STEP = '/automations/new?scope=project:bench-team/vision&start=deploy-on-alias&step=action';
const MARK = '"typed": 1';

/** From the wizard's address until its payload editor shows what is typed: in an empty browser, and where its files are kept. */
export const editor: Scenario = {
  name: 'editor',
  run: async () => {
    const instance = await startInstance();
    const client = openClient(instance, 1);
    await client.post('/api/v1/projects', { entity: instance.team, name: 'vision' });
    const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
    const [first, again]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) await measure(browser, instance, first, again);
    await browser.close();
    await client.close();
    await instance.stop();
    return [
      { name: 'payload editor takes typing, first visit, median', value: percentile(first, 0.5), unit: 'ms' },
      { name: 'payload editor takes typing, first visit, slowest', value: Math.max(...first), unit: 'ms' },
      { name: 'payload editor takes typing, next visit, median', value: percentile(again, 0.5), unit: 'ms' },
    ];
  },
};

async function measure(browser: Browser, { url }: BenchInstance, first: number[], again: number[]): Promise<void> {
  const context = await browser.newContext({ baseURL: url.replace('127.0.0.1', 'localhost') });
  const page = await context.newPage();
  await page.request.post('/api/v1/session', {
    headers: { origin: new URL(url.replace('127.0.0.1', 'localhost')).origin },
    data: { login: 'bench', password: 'correct horse battery' },
  });
  for (const durations of [first, again]) {
    const since = performance.now();
    await page.goto(STEP, { waitUntil: 'commit' });
    await page.locator('.payload-editor .view-line').first().waitFor();
    await page.getByRole('textbox', { name: 'Payload' }).focus();
    await page.keyboard.insertText(MARK);
    await page.locator('.payload-editor .view-line', { hasText: 'typed' }).first().waitFor();
    durations.push(performance.now() - since);
    await page.evaluate(() => localStorage.clear()); // the draft
    page.once('dialog', (dialog) => void dialog.accept());
  }
  await context.close();
}

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { e2eInstance } from './instance.ts';

test('a backtest tells its firings, draws the windows of the chosen one, and knows when it is out of date', async ({
  page,
  actor,
  team,
  project,
  signIn,
}) => {
  const curve = (start: number) =>
    Array.from({ length: 60 }, (_, step) => ({ step, values: { 'val/loss': start * Math.exp(-step / 12) + 0.02 * Math.sin(step) } }));
  await actor.rest.post(`/projects/${team}/${project}/events`, [
    { type: 'run.metrics', run: { id: 'r1', name: 'swift-fox-1' }, metrics: curve(1.2) },
    { type: 'run.metrics', run: { id: 'r2', name: 'amber-owl-2' }, metrics: curve(2) },
    { type: 'run.metrics', run: { id: 'r3', name: 'calm-elk-3' }, metrics: curve(200) },
    { type: 'run.metrics', run: { id: 'r1' }, metrics: [{ step: 60, values: { 'val/loss': 0.01 } }] },
  ]);
  await signIn(page, actor);
  await page.goto(`/${team}/${project}/automations/new?metric=val/loss&value=0.3`);
  const preview = page.getByRole('complementary');
  await preview.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(preview.getByText('Would have fired 2 times. Judged 181 values in 4 batches.')).toBeVisible();
  await expect(preview.getByText('Matched but held back: 1 within 24 hours of a firing for the same run.')).toBeVisible();
  const firings = preview.getByRole('list', { name: 'Firings' });
  await expect(firings.getByRole('listitem')).toHaveCount(2);
  await firings.getByRole('button', { name: /swift-fox-1/ }).click();
  await expect(firings.getByRole('button', { name: /swift-fox-1/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(preview.getByText('val/loss of swift-fox-1 by step').last()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('textbox', { name: 'Threshold' }).fill('0.1');
  await expect(preview.getByText('The conditions have changed since. Run it again.')).toBeVisible();
});

test('a long backtest shows how far it is, and stops when told', async ({ page, actor, team, project, signIn }) => {
  await actor.rest.post(`/projects/${team}/${project}/events`, { type: 'run.state', run: { id: 'r1', state: 'running' } });
  await signIn(page, actor);
  await page.goto(`/${team}/${project}/automations/new`);
  await page.getByRole('combobox', { name: 'Event type' }).click();
  await page.getByRole('option', { name: /On a schedule/ }).click();
  await page.getByRole('textbox', { name: 'Cron expression' }).fill('* * * * *');
  const preview = page.getByRole('complementary');
  await preview.getByRole('combobox', { name: 'Period' }).click();
  await page.getByRole('option', { name: 'Last 90 days' }).click();
  await preview.getByRole('button', { name: 'Run', exact: true }).click();
  const bar = preview.getByRole('progressbar', { name: 'Backtest' });
  await expect(bar).toBeVisible();
  await expect(preview.getByText(/^Judged [\d,]+ events, [\d,]+ firings so far\.$/)).toBeVisible();
  await preview.getByRole('button', { name: 'Stop' }).click();
  await expect(preview.getByText(/^Stopped at \d+ %: judged/)).toBeVisible();
  await expect(bar).toBeHidden();
});

test('over REST: JSON lines in order, also after a caller who went away', async ({ actor, team, project }) => {
  const automation = {
    scope: { project: `${team}/${project}` },
    on: 'schedule',
    filter: { schedule: { cron: '* * * * *', timeZone: 'UTC' } },
  };
  const ask = (days: number, signal?: AbortSignal) =>
    fetch(`${e2eInstance().url}/api/v1/automations/backtest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${actor.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ automation, days }),
      signal: signal ?? null,
    });
  const gone = new AbortController();
  const first = await ask(90, gone.signal);
  const { value } = await first.body!.getReader().read();
  expect(JSON.parse(new TextDecoder().decode(value).split('\n')[0]!)).toMatchObject({ type: 'progress', share: 0 });
  gone.abort();
  const lines = (await (await ask(0.01)).text()).trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ type: 'done', values: 0, skipped: {} });
  expect((await ask(91)).status).toBe(400);
});

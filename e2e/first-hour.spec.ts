import { expect, test } from './fixtures.ts';
import { ADMIN } from './instance.ts';
import { startOwnInstance } from './own-instance.ts';

test('of the first steps, the one that is next has the primary button', async ({ page, receiver }) => {
  const { server, rest, enter } = await startOwnInstance(); // in a shared one something has fired already
  await enter(page);
  await page.goto(server.url);
  const primary = page.getByRole('main').locator('a.bg-accent');
  await expect(primary).toHaveText(['New webhook']);
  await rest.post(`/teams/${ADMIN.team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await page.reload();
  await expect(primary).toHaveText(['Create API key']);
  await rest.post(`/projects/${ADMIN.team}/vision/events`, { type: 'run.state', run: { id: 'r1', state: 'running' } });
  await page.reload();
  await expect(primary).toHaveText(['Create automation']);
  await page.goto('about:blank'); // or it complains that its server is gone
  await server.remove();
});

test('how long a run has been running goes on', async ({ page, actor, team, project, enter }) => {
  await actor.rest.post(`/projects/${team}/${project}/events`, { type: 'run.state', run: { id: 'r1', state: 'running' } });
  await enter(page, actor);
  await page.goto(`/${team}/${project}/runs/r1`);
  const duration = page.getByText(/running for/);
  const first = await duration.textContent();
  expect(first).toMatch(/^running for (< 1|\d+) s$/);
  await expect(duration).not.toHaveText(first!);
});

test('an invite just made is said to end in seven days', async ({ page, actor, team, enter }) => {
  const { url } = await actor.rest.post<{ url: string }>(`/teams/${team}/invites`, { role: 'member' });
  await enter(page, actor);
  await page.goto(new URL(url).pathname);
  await expect(page.getByText(/works once and ends in 7 d/)).toBeVisible();
});

import { expect, test } from './fixtures.ts';
import { choose } from './forms.ts';

test('a retry schedule is chosen or typed, shown as a line of times, refused where it makes no sense, and kept', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  await actor.rest.post(`/teams/${team}/webhooks`, { name: 'hook', url: receiver.url });
  const { id } = await actor.rest.post<{ id: string }>('/automations', {
    name: 'Tell of failures',
    scope: { project: `${team}/${project}` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'hook' },
  });
  await enter(page, actor);
  await page.goto(`/automations/${id}/edit?step=details`);
  const tries = (name: string) => page.getByRole('list', { name }).getByRole('listitem');
  await expect(tries('8 tries over 1 d 3 h')).toHaveCount(8);
  await choose(page, 'Retry schedule', /^Quick/);
  await expect(tries('4 tries over 2 min 35 s')).toHaveText(['1at once', '+5 s25 s', '+30 s335 s', '+2 min42 min 35 s']);
  await choose(page, 'Retry schedule', 'Custom');
  const waits = page.getByLabel('Waits');
  await waits.fill('5 s, soon');
  await expect(page.getByText('“soon” is no time.')).toBeVisible();
  await waits.fill('2 d');
  await expect(page.getByText(/at most a day/)).toBeVisible();
  await waits.fill('5 s, 1 h');
  await expect(tries('3 tries over 1 h 5 s')).toHaveCount(3);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect
    .poll(async () => (await actor.rest.get<{ retry: object }>(`/automations/${id}`)).retry)
    .toEqual({ delaysSeconds: [0, 5, 3600] });

  receiver.answerWith(503, 'deploying');
  const event = { type: 'run.state', run: { id: 'r1', state: 'failed' } };
  const { executions } = await actor.rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, event);
  await receiver.next();
  await page.goto(`/executions/${executions[0]}`);
  const attempts = page.getByRole('region', { name: 'Attempts' });
  await receiver.next(); // after the five seconds
  await expect(attempts).toContainText(/Next try in ((4[7-9]|5\d):\d\d|1:[01]\d:\d\d)/);
});

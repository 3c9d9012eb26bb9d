import { expect, type Person, test } from './fixtures.ts';
import type { Receiver } from './receiver.ts';

/** A webhook whose automation gives up at once; answers how to make so many executions fail for good. */
async function givesUpAtOnce({ rest }: Person, team: string, project: string, receiver: Receiver, name = 'deploy-hook') {
  await rest.post(`/teams/${team}/webhooks`, { name, url: receiver.url });
  await rest.post('/automations', {
    name: `Deploy through ${name}`,
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    filter: { alias: '^production$', collection: `^${name}$` },
    action: { webhook: name },
    retry: { delaysSeconds: [0] },
  });
  return async (count: number) => {
    const created = { type: 'artifact.created', artifact: { collection: name, type: 'model', aliases: ['production'] } };
    const before = receiver.received.length;
    const { executions } = await rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, Array(count).fill(created));
    await receiver.reached(before + count);
    for (const id of executions)
      await expect.poll(async () => (await rest.get<{ status: string }>(`/executions/${id}`)).status).toBe('failed');
    return executions;
  };
}

test('what failed for good lies in the inbox with its cause, and is replayed from its row', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  receiver.answerWith(503, 'deploying');
  const [id] = await (await givesUpAtOnce(actor, team, project, receiver))(1);
  await enter(page, actor);
  await page.goto('/automations');
  await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Dead letters' }).click();
  const row = page.getByRole('row', { name: /Deploy through deploy-hook/ });
  await expect(row).toContainText('Answered 5xx');
  await page.getByRole('button', { name: 'Cause' }).click();
  await page.getByRole('menuitemradio', { name: /Answered 5xx/ }).click();
  await expect(page).toHaveURL(/cause=server_error/);
  await row.getByRole('link').click();
  await expect(page.getByRole('region', { name: `Execution ${id}` })).toContainText('Answered 503');

  receiver.answerWith(200, 'done');
  await page.goto('/executions/dead-letters');
  await row.getByRole('button', { name: 'Replay' }).click();
  await receiver.reached(2);
  expect(receiver.received[1]!.headers['webhook-id']).toBe(id);
  await expect(page.getByText('Nothing has failed for good')).toBeVisible();
});

test('everything that failed since a time is counted exactly, shown, sent again and told of', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  receiver.answerWith(503, 'deploying');
  const fail = await givesUpAtOnce(actor, team, project, receiver);
  const ids = await fail(40); // more than a target is given at a time
  receiver.answerWith(200, 'done');
  await enter(page, actor);
  await page.goto('/executions/dead-letters');
  await page.getByRole('button', { name: 'Replay all since…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay what failed' });
  await dialog.getByRole('radio', { name: '1 hour' }).click();
  const preview = dialog.getByRole('region', { name: 'What would be sent' });
  await expect(preview).toContainText('40executions to send');
  await expect(preview.getByRole('listitem')).toHaveCount(5);
  await dialog.getByRole('button', { name: 'Replay 40 executions' }).click();
  await receiver.reached(80);
  const sent = receiver.received.slice(40).map(({ headers }) => headers['webhook-id']);
  expect(sent.toSorted()).toEqual(ids.toSorted());
  await expect(page.getByRole('list', { name: 'Replays' })).toContainText('40 of 40 sent again · 40 delivered');

  await page.getByRole('link', { name: 'Replays' }).click();
  await expect(page.getByRole('list', { name: 'Replays' }).getByRole('listitem')).toContainText('Done');
});

test('a replay that goes on is cancelled: what was not sent stays failed', async ({ page, team, project, actor, receiver, enter }) => {
  receiver.answerWith(503, 'deploying');
  await (await givesUpAtOnce(actor, team, project, receiver))(40);
  receiver.answerWith(200, 'done');
  const letGo = receiver.hold();
  await enter(page, actor);
  await page.goto('/executions/dead-letters');
  await expect(page.getByRole('row')).toHaveCount(41); // with the head
  await actor.rest.post('/replays', { since: new Date(Date.now() - 3_600_000).toISOString() });
  const replay = page.getByRole('list', { name: 'Replays' }).getByRole('listitem');
  await expect(replay).toContainText('32 on their way');
  await replay.getByRole('button', { name: 'Cancel' }).click();
  await expect(replay).toContainText(/[1-8] stay failed/);
  letGo();
  await expect(replay).toContainText(/\d+ delivered/);
  await expect(replay).not.toContainText('on their way');
});

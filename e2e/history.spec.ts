import type { Page } from '@playwright/test';
import { expect, type Person, test } from './fixtures.ts';
import type { Receiver } from './receiver.ts';

const rows = (page: Page) => page.getByRole('list', { name: 'Executions' }).getByRole('listitem');
const drawer = (page: Page) => page.getByRole('region', { name: /^Execution exe_/ });

async function deployOnProduction({ rest }: Person, team: string, project: string, receiver: Receiver, retry?: number[]) {
  await rest.post(`/teams/${team}/webhooks`, { name: 'deploy-hook', url: receiver.url });
  await rest.post('/automations', {
    name: 'Deploy on production',
    scope: { project: `${team}/${project}` },
    on: 'artifact.alias_added',
    filter: { alias: '^production$' },
    action: { webhook: 'deploy-hook', payload: { version: '${artifact_version_string}' } },
    ...(retry && { retry: { delaysSeconds: retry } }),
  });
  return async () => {
    const created = { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['production'] } };
    const { executions } = await rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, created);
    return executions[0]!;
  };
}

test('an execution appears in the open history without a reload, and is replayed with the same id', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  const fire = await deployOnProduction(actor, team, project, receiver);
  await enter(page, actor);
  await page.goto(`/${team}/${project}/automations?view=history`);
  await expect(page.getByText('Nothing here yet')).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const header = page.getByRole('main');
  await expect(header).toContainText('0 artifact collections');
  const id = await fire();
  await expect(rows(page)).toHaveCount(1);
  await expect(header, 'the header counts again').toContainText('1 artifact collection');
  expect((await receiver.next()).headers['webhook-id']).toBe(id);

  await rows(page).getByRole('link').click();
  await drawer(page).getByRole('button', { name: 'Replay' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  expect((await receiver.next()).headers['webhook-id']).toBe(id);
  await expect(drawer(page).getByRole('region', { name: 'Attempts' }).getByRole('listitem')).toHaveCount(2);
});

test('what was shown of a team is hidden from who is taken out of it, and he is told so', async ({
  page,
  team,
  project,
  actor,
  receiver,
  makePerson,
  enter,
}) => {
  const fire = await deployOnProduction(actor, team, project, receiver);
  const row = page.getByRole('list', { name: 'Executions' }).locator(`a[href*="${await fire()}"]`);
  const member = await makePerson('member');
  await enter(page, member);
  await page.goto('/automations?view=history');
  await expect(row).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await actor.rest.delete(`/teams/${team}/members/${member.username}`);
  await expect(row).toHaveCount(0);
  await expect(page.getByText(`You are no longer in ${team}`)).toBeVisible();
});

test('the page of an automation follows its firings', async ({ page, team, project, actor, receiver, enter }) => {
  const fire = await deployOnProduction(actor, team, project, receiver);
  await enter(page, actor);
  const { items } = await actor.rest.get<{ items: { href: string }[] }>(`/projects/${team}/${project}/automations`);
  await page.goto(items[0]!.href);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Never');
  await fire();
  await expect(rows(page)).toHaveCount(1);
  // Sooner than the page reads again by itself.
  await expect(page.getByRole('main')).toContainText('100 %', { timeout: 10_000 });
  await expect(page.getByRole('main')).not.toContainText('Never');
});

test('the history shows what arrived alone', async ({ page, team, project, actor, receiver, enter }) => {
  const fire = await deployOnProduction(actor, team, project, receiver);
  receiver.answerWith(410, 'gone');
  await fire();
  await receiver.next();
  await enter(page, actor);
  await page.goto(`/${team}/${project}/automations?view=history`);
  const status = page.getByRole('navigation', { name: 'Status' });
  await expect(status.getByRole('link', { name: /^Failed/ })).toContainText('1');
  await status.getByRole('link', { name: /^Finished/ }).click();
  await expect(page.getByText('No execution matches these filters.')).toBeVisible();
  await page.goto(page.url().replace('finished', 'failed'));
  await expect(rows(page)).toHaveCount(1);
});

test('all automations are narrowed to a scope, and their history to one of them', async ({ page, team, project, actor, rest, enter }) => {
  const draft = { on: 'run.state', filter: { states: ['failed'] }, action: { nothing: true } };
  await rest.post('/automations', { ...draft, name: 'Of one project', scope: { project: `${team}/${project}` } });
  await rest.post('/automations', { ...draft, name: 'Everywhere', scope: { team } });
  await rest.post(`/projects/${team}/${project}/events`, { type: 'run.state', run: { id: 'r1', state: 'failed' } });
  await enter(page, actor);
  await page.goto('/automations');
  const scope = async (name: string) => {
    await page.getByRole('button', { name: /^Scope/ }).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
  };
  await scope(`All of ${team}`);
  await expect(page.getByRole('link', { name: 'Of one project', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Everywhere', exact: true })).toBeVisible();
  await scope(`${team}/${project}`);
  await expect(page.getByRole('link', { name: 'Everywhere', exact: true })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Of one project', exact: true })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('scope')).toBe(`project:${team}/${project}`);

  await page.goto('/automations?view=history');
  // Besides those of the whole organization, which other tests make.
  await expect(rows(page).filter({ hasText: 'Of one project' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Everywhere' })).toHaveCount(1);
  await page.getByRole('button', { name: /^Automation/ }).click();
  await page.getByRole('menuitemradio', { name: 'Everywhere', exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
});

test('a changed payload goes out as a new execution that names the old one', async ({ page, team, project, actor, receiver, enter }) => {
  const fire = await deployOnProduction(actor, team, project, receiver);
  const id = await fire();
  await receiver.next();
  await enter(page, actor);
  await page.goto(`/executions/${id}`);
  await page.getByRole('button', { name: 'Edit and send' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit and send' });
  await dialog.getByLabel('Payload').fill('{"again": true}');
  await dialog.getByRole('button', { name: 'Send as new execution' }).click();
  const second = await receiver.next();
  expect(JSON.parse(second.body)).toEqual({ again: true });
  expect(second.headers['webhook-id']).not.toBe(id);
  await page.waitForURL(`**/executions/${second.headers['webhook-id']}`);
  await expect(page.getByRole('link', { name: id })).toBeVisible();
});

test('a waiting retry counts down, and is tried at once on request', async ({ page, team, project, actor, receiver, enter }) => {
  receiver.answerWith(503, 'deploying');
  const fire = await deployOnProduction(actor, team, project, receiver, [0, 3600]);
  const id = await fire();
  await receiver.next();
  await enter(page, actor);
  await page.goto(`/executions/${id}`);
  const attempts = page.getByRole('region', { name: 'Attempts' });
  await expect(attempts).toContainText(/Next try in [\d:]+/);
  receiver.answerWith(200, 'done');
  await attempts.getByRole('button', { name: 'Try now' }).click();
  await receiver.next();
  await expect(attempts).toContainText('Answered 200');
});

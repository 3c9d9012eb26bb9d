import type { Page } from '@playwright/test';
import { expect, type Person, test } from './fixtures.ts';
import { choose, chooseInMenu } from './forms.ts';

// The Slack at the other end is slack-server.ts, which refuses by the channel's name and the token.

const ARCHIVED = 'The Slack channel is archived (is_archived).';
const REVOKED = 'The bot token was revoked (token_revoked).';

async function tellSlack({ rest }: Person, team: string, project: string, channel: { name: string; channel: string; token: string }) {
  await rest.post(`/teams/${team}/secrets`, { name: 'BOT', value: channel.token });
  const fields = { name: channel.name, botTokenSecret: 'BOT', channel: channel.channel };
  const { id } = await rest.post<{ id: string }>(`/teams/${team}/slack-channels`, fields);
  await rest.post('/automations', {
    name: 'Tell the channel',
    scope: { project: `${team}/${project}` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { slack: channel.name },
    retry: { delaysSeconds: [0, 3600] },
  });
  const fail = async (run: string) => {
    const event = { type: 'run.state', run: { id: run, state: 'failed' } };
    return (await rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, event)).executions[0]!;
  };
  return { id, fail };
}

const statusOf =
  ({ rest }: Person, id: string) =>
  async () =>
    (await rest.get<{ status: string }>(`/executions/${id}`)).status;
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('a channel is added by clicking, its message previewed, and a test message is delivered', async ({ page, team, actor, enter }) => {
  await actor.rest.post(`/teams/${team}/secrets`, { name: 'BOT', value: 'xoxb-of-a-bot-that-may' });
  await enter(page, actor);
  await page.goto(`/${team}/settings/slack`);
  await page.getByRole('button', { name: 'Add Slack channel' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('ml-alerts');
  await form.getByText('Bot token', { exact: true }).first().click();
  await choose(form, /Bot token/, 'BOT');
  await form.getByLabel('Channel', { exact: true }).fill('#ml-alerts');
  await form.getByLabel('Message text').fill('Look at ${run_name}, please');
  await expect(form.getByRole('figure')).toContainText(/Look at \S+, please/);
  await form.getByRole('button', { name: /^(Add|Save)/ }).click();
  await chooseInMenu(page, 'More actions for ml-alerts', 'Send test message');
  await expect(page.getByRole('dialog', { name: 'Test message to ml-alerts' }).getByText('Delivered', { exact: true })).toBeVisible();
});

test('an archived channel is said to be so, disabled, and delivers again once it is enabled', async ({
  page,
  team,
  project,
  actor,
  enter,
}) => {
  const { id, fail } = await tellSlack(actor, team, project, { name: 'ml-alerts', channel: '#archived', token: 'xoxb-of-a-bot-that-may' });
  const execution = await fail('r1');
  await expect.poll(statusOf(actor, execution)).toBe('failed');
  await enter(page, actor);
  await page.goto(`/${team}/settings/slack`);
  await expect(row(page, 'ml-alerts')).toContainText('Disabled');
  await expect(row(page, 'ml-alerts')).toContainText(ARCHIVED);
  await row(page, 'ml-alerts').getByRole('link', { name: 'ml-alerts' }).click();
  await expect(page.getByText(`"ml-alerts" was disabled. ${ARCHIVED}`)).toBeVisible();
  await page.goto(`/executions/${execution}`);
  await expect(page.getByRole('heading', { name: 'Refused by Slack' })).toBeVisible();
  await expect(page.getByText('Unarchive it or choose another channel, then enable it here again.')).toBeVisible();

  await actor.rest.patch(`/teams/${team}/slack-channels/${id}`, { channel: '#alerts' });
  await page.goto(`/${team}/settings/slack`);
  await chooseInMenu(page, 'More actions for ml-alerts', 'Enable');
  await expect(row(page, 'ml-alerts').getByText('Disabled')).toBeHidden();
  await page.goto(`/executions/${execution}`);
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await expect.poll(statusOf(actor, execution)).toBe('finished');
});

test('a revoked token is told in the list, on the page and at the execution, with what to do; a new value mends it', async ({
  page,
  team,
  project,
  actor,
  enter,
}) => {
  const { id, fail } = await tellSlack(actor, team, project, { name: 'ml-alerts', channel: '#ml', token: 'xoxb-that-was-revoked' });
  const execution = await fail('r1');
  await expect
    .poll(async () => (await actor.rest.get<{ attempts: { error?: object }[] }>(`/executions/${execution}`)).attempts[0]?.error)
    .toBeTruthy();
  await enter(page, actor);
  const advice = 'Install the app in Slack again and replace the value of the bot token’s secret.';
  await page.goto(`/${team}/settings/slack`);
  await expect(row(page, 'ml-alerts')).toContainText(`${REVOKED} ${advice}`);
  await page.goto(`/${team}/settings/slack/${id}`);
  await expect(page.getByText(REVOKED)).toBeVisible();
  await expect(page.getByText(advice)).toBeVisible();
  await page.getByRole('button', { name: 'Send test message' }).click();
  await expect(page.getByRole('dialog', { name: 'Test message to ml-alerts' })).toContainText(REVOKED);

  await page.goto(`/${team}/settings/secrets`);
  await chooseInMenu(page, 'More actions for BOT', 'Replace value');
  await page.getByRole('dialog').getByLabel('New value').fill('xoxb-of-the-app-installed-again');
  await page.getByRole('dialog').getByRole('button', { name: 'Replace value' }).click();
  await expect(page.getByText('BOT has a new value')).toBeVisible();
  await page.goto(`/executions/${execution}`);
  await expect(page.getByRole('heading', { name: 'Refused by Slack' })).toBeVisible();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(statusOf(actor, execution)).toBe('finished');
  await page.goto(`/${team}/settings/slack`);
  await expect(row(page, 'ml-alerts')).not.toContainText(REVOKED);
});

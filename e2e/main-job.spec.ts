import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { expect, test } from './fixtures.ts';
import { choose } from './forms.ts';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { type Received, wandbSignature } from './receiver.ts';

const SECRET = 'correct-horse-signing-secret';

let receiver: ChildProcess;
let lines: AsyncIterator<string>;
let target: string;
let server: OwnServer;

test.beforeAll(async () => {
  receiver = spawn(process.execPath, [join(import.meta.dirname, 'receiver-process.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  lines = createInterface({ input: receiver.stdout! })[Symbol.asyncIterator]();
  target = (await lines.next()).value;
  server = await startOwnServer({
    HOOKLINE_EGRESS_ALLOW: new URL(target).host,
    HOOKLINE_ALLOW_HTTP: '1',
    HOOKLINE_DNS_SERVERS: `127.0.0.1:${process.env.E2E_DNS_PORT}`,
  });
});

test.afterAll(async () => {
  receiver.kill();
  await server.remove();
});

const received = async (): Promise<Received> => JSON.parse((await lines.next()).value);

test('from an empty instance, by clicking alone, to a signed webhook for a real event and its place in the history', async ({ page }) => {
  test.setTimeout(120_000);
  await test.step('set up', () => setUp(page));
  await test.step('keep a secret', () => keepSecret(page));
  await test.step('add a webhook and test it', () => addWebhook(page));
  const apiKey = await test.step('make an API key', () => makeKey(page));
  await send(apiKey, { type: 'artifact.created', artifact: { collection: 'detector', type: 'model', aliases: ['candidate'] } });
  await test.step('create an automation', () => createAutomation(page));
  await send(apiKey, { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 0 }, alias: 'production' });
  const request = await test.step('receive the webhook', received);
  expect(JSON.parse(request.body)).toMatchObject({ artifact: 'vision/detectors/detector:v0', alias: 'production' });
  expect(request.headers['x-wandb-signature']).toBe(wandbSignature(SECRET, request.body));
  const verified = new Webhook(Buffer.from(SECRET), { format: 'raw' }).verify(request.body, request.headers as Record<string, string>);
  expect(verified).toEqual(JSON.parse(request.body));
  await test.step('find it in the history', () => findInHistory(page, String(request.headers['webhook-id'])));
});

async function setUp(page: Page) {
  const link = server.said.join('\n').match(/http\S+\/setup\?token=\S+/)![0];
  await page.goto(link);
  await page.getByLabel('Organization', { exact: true }).fill('Acme Vision');
  await page.getByLabel('Your user name').fill('ana');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByLabel('First team').fill('vision');
  await page.getByRole('button', { name: 'Set up Hookline' }).click();
  await page.waitForURL(`${server.url}/`);
  expect((await page.request.get(link)).status(), 'setup is gone').toBe(404);
}

async function keepSecret(page: Page) {
  await page.goto(`${server.url}/vision/settings/secrets`);
  await page.getByRole('button', { name: 'New secret' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New secret' });
  await dialog.getByLabel('Secret name').fill('SIGNING');
  await dialog.getByLabel('Secret', { exact: true }).fill(SECRET);
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByRole('cell', { name: 'SIGNING', exact: true })).toBeVisible();
  await expect(page.getByText(SECRET)).toHaveCount(0);
}

async function addWebhook(page: Page) {
  await page.goto(`${server.url}/vision/settings/webhooks`);
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByLabel('Name', { exact: true }).fill('deploy-hook');
  await form.getByLabel('URL').fill(target);
  await choose(form, /^Secret/, 'SIGNING');
  await form.getByRole('button', { name: 'Test' }).click();
  const panel = page.getByRole('dialog', { name: 'Test deploy-hook' });
  await panel.getByRole('button', { name: 'Test webhook' }).click();
  await expect(panel.getByText('200 OK')).toBeVisible();
  const tested = await received();
  expect(tested.headers['x-wandb-signature']).toBe(wandbSignature(SECRET, tested.body));
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: 'Create webhook' }).click();
  await expect(page.getByRole('row', { name: /deploy-hook/ })).toBeVisible();
}

async function makeKey(page: Page): Promise<string> {
  await page.goto(`${server.url}/vision/settings/api-keys`);
  await page.getByRole('button', { name: 'New service account key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Service account').fill('ci');
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = await dialog.getByLabel('API key', { exact: true }).inputValue();
  expect(key).toMatch(/^[0-9a-f]{40}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  return key;
}

async function createAutomation(page: Page) {
  await page.goto(`${server.url}/vision/detectors/automations`);
  await page.getByRole('link', { name: 'Create automation' }).first().click();
  await choose(page, 'Event type', /An artifact alias is added/);
  await page.getByLabel('Alias regex').fill('^production$');
  await page.getByRole('button', { name: 'Next step' }).click();
  await choose(page, 'Webhook', /deploy-hook/);
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Generic' }).click();
  const request = page.getByRole('group', { name: 'Request' });
  await expect(request).toContainText('POST');
  await choose(page, 'Sample event', /detector:v0/);
  await expect(request).toContainText('vision/detectors/detector:v0');
  await expect(request).not.toContainText(SECRET);
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByLabel('Automation name').fill('Deploy on production');
  await page.getByRole('button', { name: 'Create automation' }).click();
  await expect(page.getByRole('heading', { name: 'Deploy on production' })).toBeVisible();
}

async function findInHistory(page: Page, executionId: string) {
  await page.goto(`${server.url}/vision/detectors/automations?view=history`);
  await page
    .getByRole('list', { name: 'Executions' })
    .getByRole('link', { name: /Deploy on production/ })
    .click();
  const drawer = page.getByRole('region', { name: `Execution ${executionId}` });
  await expect(drawer.getByRole('region', { name: 'Attempts' })).toContainText('Answered 200');
  await expect(drawer.getByRole('region', { name: 'Decision' })).toContainText('production');
  await expect(drawer.getByRole('group', { name: 'Request' })).toContainText('vision/detectors/detector:v0');
  await drawer.getByRole('tab', { name: /Response/ }).click();
  await expect(drawer.getByRole('group', { name: 'Response' })).toContainText('HTTP/1.1 200');
}

async function send(apiKey: string, event: unknown) {
  const response = await fetch(`${server.url}/api/v1/projects/vision/detectors/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  expect(response.status, await response.text()).toBe(202);
}

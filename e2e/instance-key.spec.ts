import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createFinder } from '../scripts/test/find-secrets.ts';
import { expect, test } from './fixtures.ts';
import { ADMIN } from './instance.ts';
import { type OwnInstance, startOwnInstance } from './own-instance.ts';
import { wandbSignature } from './receiver.ts';
import { searchFiles, searchRows } from './secrets/places.ts';

const SECRET = 'a-signing-secret-that-outlives-the-key';
const [OLD, NEW] = [5, 6].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];

let own: OwnInstance;

test.beforeAll(async () => {
  own = await startOwnInstance({ HOOKLINE_MASTER_KEY: OLD });
});
test.afterAll(() => own.server.remove());

const keysUnder = (page: Page, which: string) =>
  page.getByRole('term').filter({ hasText: which }).locator('xpath=following-sibling::dd[1]');

test('the instance key is changed while secrets stay: deliveries are signed as before, the screen counts, no key is written down', async ({
  page,
  receiver,
}) => {
  const { server, rest, enter } = own;
  const integrations = `/teams/${ADMIN.team}`;
  await rest.post(`${integrations}/secrets`, { name: 'SIGNING', value: SECRET });
  const webhook = { name: 'hook', url: receiver.url, signingSecret: 'SIGNING' };
  const { id } = await rest.post<{ id: string }>(`${integrations}/webhooks`, webhook);
  const deliver = async () => {
    await rest.post(`${integrations}/webhooks/${id}/test`, { payload: { n: 1 } });
    const { headers, body } = await receiver.next();
    expect(headers['x-wandb-signature']).toBe(wandbSignature(SECRET, body));
  };
  await deliver();
  await server.end('SIGTERM');
  await server.restart({ HOOKLINE_MASTER_KEY: NEW, HOOKLINE_MASTER_KEY_PREVIOUS: OLD });
  await deliver();
  await enter(page);
  await page.goto(`${server.url}/settings/instance/encryption`);
  await expect(keysUnder(page, 'Under the current instance key')).toHaveText('1');
  await expect(keysUnder(page, 'Under a previous one')).toHaveText('0');
  await expect(page.getByText('Nothing to do now')).toBeVisible();
  await page.goto('about:blank'); // it would ask for more while the server is away
  await server.end('SIGTERM');
  await server.restart({ HOOKLINE_MASTER_KEY: NEW });
  await deliver();

  expect(existsSync(join(server.dataDir, 'master.key')), 'a key that was given is not written down').toBe(false);
  const find = createFinder([SECRET, OLD, NEW, ADMIN.password, ADMIN.apiKey]);
  const places = [...searchRows(server.dataDir, find), ...searchFiles(server.dataDir, find)];
  expect(places.filter(({ findings }) => findings.length > 0)).toEqual([]);
});

test('instance admins see where webhooks may connect; others do not', async ({ page, makePerson, enter }) => {
  await own.enter(page);
  await page.goto(`${own.server.url}/settings/instance/network`);
  await expect(page.getByRole('listitem').filter({ hasText: '127.0.0.0/8' })).toBeVisible();
  await expect(page.getByText('HOOKLINE_ALLOW_HTTP')).toBeVisible();
  await enter(page, await makePerson('admin'));
  await page.goto('/settings/instance/network');
  await expect(page.getByText('127.0.0.0/8')).toHaveCount(0);
  await expect(page.getByText(/not found|may not|instance admins/i).first()).toBeVisible();
});

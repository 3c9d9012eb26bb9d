import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { createFinder, spellingsOf } from '../scripts/test/find-secrets.ts';
import { expect, type Person, test } from './fixtures.ts';
import { chooseInMenu } from './forms.ts';
import { e2eInstance } from './instance.ts';
import type { Receiver } from './receiver.ts';
import { noteSecrets } from './secrets/used.ts';

// Every way that a secret goes, with receivers that send back all they know. That nothing of it was written anywhere is found
// out after all tests, in secrets/search.teardown.ts; here by whoever looks at once.

const tail = () => randomBytes(9).toString('base64url');

function makeSecrets() {
  return {
    TOKEN: `tok"en\\with/<odd>&chars=+%20${tail()}`,
    SIGNING: `whsec_${randomBytes(24).toString('base64')}`,
    NEXT: `whsec_${randomBytes(24).toString('base64')}`,
    PAYLOAD: `-----BEGIN KEY-----\nMII+ünusual/"quoted" ${tail()}\n-----END <KEY> & MORE-----`,
    BOT: `xoxb-4711-${tail()}`,
  };
}

/** What a receiver knows, in every spelling that is text. */
const everySpelling = (...known: string[]) =>
  JSON.stringify(
    known.flatMap((secret) =>
      [...spellingsOf(secret)]
        .filter(([, bytes]) => isUtf8(bytes) && !bytes.includes(0))
        .map(([spelling, bytes]) => `${spelling}: ${bytes}`),
    ),
  );

function expectNone(secrets: object, where: string, text: string) {
  expect(createFinder(Object.values(secrets))(text), where).toEqual([]);
}

/** A webhook that uses a secret in each way, its receiver telling all it knows, and an automation that sends one. */
async function arrange({ rest }: Person, team: string, project: string, receiver: Receiver) {
  const secrets = makeSecrets();
  const { TOKEN, SIGNING, PAYLOAD } = secrets;
  for (const name of ['TOKEN', 'SIGNING', 'PAYLOAD', 'BOT'] as const)
    await rest.post(`/teams/${team}/secrets`, { name, value: secrets[name] });
  receiver.answerWith(500, everySpelling(TOKEN, SIGNING, PAYLOAD), { 'x-echo': TOKEN, location: `/?token=${encodeURIComponent(TOKEN)}` });
  const fields = { name: 'teller', url: receiver.url, accessTokenSecret: 'TOKEN', signingSecret: 'SIGNING', payloadSecrets: ['PAYLOAD'] };
  const webhook = await rest.post<{ id: string }>(`/teams/${team}/webhooks`, fields);
  const payload = { key: '${PAYLOAD}', token: 'again ${ACCESS_TOKEN}', inside: '{"quoted": "${PAYLOAD}"}' };
  const automation = {
    name: 'Tell all',
    scope: { project: `${team}/${project}` },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'teller', payload },
    retry: { delaysSeconds: [0] },
  };
  const { id } = await rest.post<{ id: string }>('/automations', automation);
  let runs = 0;
  const fire = async () => {
    const event = { type: 'run.state', run: { id: `r${++runs}`, state: 'failed' } };
    const { executions } = await rest.post<{ executions: string[] }>(`/projects/${team}/${project}/events`, event);
    return executions[0]!;
  };
  const known = [TOKEN, SIGNING, PAYLOAD];
  return { secrets, known, webhook: { ...fields, id: webhook.id }, automation: { ...automation, id }, payload, fire };
}

/** An execution once it is over, as text. */
async function over({ rest }: Person, id: string, attempts = 1): Promise<string> {
  let text = '';
  await expect
    .poll(async () => {
      const execution = await rest.get<{ status: string; attempts: { outcome?: string }[] }>(`/executions/${id}`);
      text = JSON.stringify(execution);
      return /finished|failed/.test(execution.status) ? execution.attempts.length : 0;
    })
    .toBeGreaterThanOrEqual(attempts);
  return text;
}

async function expectNoneOnPage(secrets: object, page: Page, where: string) {
  expectNone(secrets, where, await page.content());
}

test('a delivery whose receiver sends back every secret keeps none: failed, redirected, replayed, edited, in the inbox and on the page', async ({
  page,
  team,
  project,
  actor,
  receiver,
  enter,
}) => {
  const { secrets, known, payload, fire } = await arrange(actor, team, project, receiver);
  const { rest } = actor;
  const id = await fire();
  const { headers, body } = await receiver.next();
  expect(headers.authorization, 'the receiver did get it').toBe(`Bearer ${secrets.TOKEN}`);
  expect(JSON.parse(body).key).toBe(secrets.PAYLOAD);
  expectNone(secrets, 'the failed execution', await over(actor, id));

  receiver.answerWith(302, everySpelling(...known), { location: `https://elsewhere.example/?token=${encodeURIComponent(secrets.TOKEN)}` });
  await rest.post(`/executions/${id}/replay`);
  expectNone(secrets, 'the redirected one', await over(actor, id, 2));

  receiver.answerWith(200, everySpelling(...known));
  const { executionId: edited } = await rest.post<{ executionId: string }>(`/executions/${id}/replay`, {
    payload: { ...payload, edited: '${PAYLOAD}' },
  });
  expectNone(secrets, 'the edited one', await over(actor, edited));

  await rest.put(`/teams/${team}/secrets/SIGNING`, { value: secrets.NEXT, overlapSeconds: 3600 });
  receiver.answerWith(200, everySpelling(...known, secrets.NEXT));
  expectNone(secrets, 'one while two values are live', await over(actor, await fire()));
  await rest.post(`/teams/${team}/secrets/SIGNING/switch`);
  receiver.answerWith(200, everySpelling(secrets.TOKEN, secrets.NEXT, secrets.PAYLOAD));

  expectNone(secrets, 'the inbox', JSON.stringify(await rest.get('/dead-letters')));
  await rest.post('/replays', { since: new Date(Date.now() - 3_600_000).toISOString() });
  await over(actor, id, 3);
  await enter(page, actor);
  for (const address of [`/executions/${id}`, `/executions/${edited}`, `/${team}/settings/secrets`, `/${team}/settings/audit-log`]) {
    await page.goto(address);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expectNoneOnPage(secrets, page, address);
  }
});

test('tests and previews show what is sent without a secret in it', async ({ page, team, project, actor, receiver, enter }) => {
  const { secrets, webhook, automation, payload } = await arrange(actor, team, project, receiver);
  const { rest } = actor;
  const { id, ...fields } = webhook;
  const { id: _, ...document } = automation;
  for (const [path, body] of [
    [`/teams/${team}/webhooks/${id}/test`, { payload }],
    [`/teams/${team}/webhooks/test`, { webhook: { ...fields, name: 'draft' }, payload }],
    ['/automations/preview', { automation: document }],
    ['/automations/test', { automation: document }],
  ] as const)
    expectNone(secrets, path, JSON.stringify(await rest.post(path, body)));

  await enter(page, actor);
  await page.goto(`/${team}/settings/webhooks`);
  await chooseInMenu(page, 'More actions for teller', 'Test');
  const panel = page.getByRole('dialog', { name: /^Test / });
  await panel.getByRole('textbox', { name: 'Payload' }).fill(JSON.stringify(payload));
  await panel.getByRole('button', { name: 'Test webhook' }).click();
  await expect(panel.getByText('500 Internal Server Error')).toBeVisible();
  await expectNoneOnPage(secrets, page, 'the test panel');
});

test('Slack, when it refuses and tells what it was sent, is kept without the bot’s token and the webhook’s URL', async ({
  team,
  project,
  actor,
  receiver,
}) => {
  const { secrets, automation, fire } = await arrange(actor, team, project, receiver);
  const { rest } = actor;
  const secretPath = `/services/T01/B02/${randomBytes(12).toString('hex')}`;
  await rest.patch(`/automations/${automation.id}`, { enabled: false });
  const urls = { URL: new URL(secretPath, receiver.url).href, PATH: secretPath, BOT: secrets.BOT };
  receiver.answerWith(404, everySpelling(urls.URL, urls.PATH));
  const channels = [
    { name: 'hooked', webhookUrl: new URL(secretPath, receiver.url).href },
    { name: 'archived', botTokenSecret: 'BOT', channel: '#archived' },
    { name: 'fine', botTokenSecret: 'BOT', channel: '#ml', receivesRunAlerts: true },
  ];
  for (const channel of channels) {
    const { id } = await rest.post<{ id: string }>(`/teams/${team}/slack-channels`, channel);
    expectNone(urls, `a test of ${channel.name}`, JSON.stringify(await rest.post(`/teams/${team}/slack-channels/${id}/test`)));
    await rest.post('/automations', {
      name: `Tell ${channel.name}`,
      scope: { project: `${team}/${project}` },
      on: 'run.state',
      filter: { states: ['failed'] },
      action: { slack: channel.name },
      retry: { delaysSeconds: [0] },
    });
  }
  await fire();
  // Of this test's own: what other tests watch the whole organization with fires here too.
  const told = async () => {
    const { items } = await rest.get<{ items: { id: string; status: string; automation: { name: string } }[] }>('/executions');
    return items.filter(({ automation: { name } }) => channels.some((channel) => name === `Tell ${channel.name}`));
  };
  await expect.poll(async () => (await told()).map(({ status }) => status).toSorted()).toEqual(['failed', 'failed', 'finished']);
  for (const { id } of await told()) expectNone(urls, id, JSON.stringify(await rest.get(`/executions/${id}`)));
});

test('a refusal does not repeat a secret that somebody put in the wrong place', async ({ team, actor }) => {
  const secrets = makeSecrets();
  noteSecrets(...Object.values(secrets));
  const { url } = e2eInstance();
  const ask = async (method: string, path: string, body: unknown, apiKey = actor.apiKey) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect(response.status, path).toBeGreaterThanOrEqual(400);
    expect(response.status, path).toBeLessThan(500);
    expectNone(secrets, `${method} ${path}`, await response.text());
  };
  const webhook = { name: 'hook', url: 'https://hooks.example/in' };
  await ask('POST', `/teams/${team}/secrets`, { name: 'A B', value: secrets.TOKEN });
  await ask('POST', `/teams/${team}/secrets`, { name: 'A', value: { text: secrets.TOKEN } });
  await ask('POST', `/teams/${team}/secrets`, `{"name": "A", "value": "${secrets.SIGNING}" oops`);
  await ask('PUT', `/teams/${team}/secrets/NOBODY`, { value: secrets.TOKEN });
  await ask('POST', `/teams/${team}/webhooks`, { ...webhook, url: `https://user:${encodeURIComponent(secrets.TOKEN)}@hooks.example/in` });
  await ask('POST', '/session', { login: actor.username, password: secrets.BOT });
  await ask('GET', '/me', undefined, secrets.BOT);
  await actor.rest.post(`/teams/${team}/secrets`, { name: 'PAYLOAD', value: secrets.PAYLOAD });
  await ask('POST', `/teams/${team}/webhooks`, { ...webhook, accessTokenSecret: 'PAYLOAD' }); // several lines are no header
});

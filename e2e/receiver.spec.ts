import { expect, test } from './fixtures.ts';
import { wandbSignature } from './receiver.ts';

const SECRET = 'your_api_secret';

test('a tested webhook reaches its receiver through the guard, signed over the exact body', async ({ actor, team, receiver }) => {
  await actor.rest.post(`/teams/${team}/secrets`, { name: 'SIGNING', value: SECRET });
  const webhook = await actor.rest.post<{ id: string }>(`/teams/${team}/webhooks`, {
    name: 'hook',
    url: receiver.url,
    signingSecret: 'SIGNING',
  });
  const tested = await actor.rest.post(`/teams/${team}/webhooks/${webhook.id}/test`, { payload: { key1: 'value1' } });
  const { body, headers } = await receiver.next();
  expect(tested).toMatchObject({ response: { status: 200 } });
  expect(JSON.parse(body)).toEqual({ key1: 'value1' });
  expect(headers['x-wandb-signature']).toBe(wandbSignature(SECRET, body));
});

test('a webhook at a literal loopback address is refused at save', async ({ actor, team }) => {
  await expect(actor.rest.post(`/teams/${team}/webhooks`, { name: 'hook', url: 'http://127.0.0.1:9999/' })).rejects.toThrow(/answered 400/);
});

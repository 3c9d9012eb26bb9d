import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '#lib/delivery/testing/receiver.ts';
import { firstStart } from './first-start.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const KEY = 'abc1'.repeat(10);
const SECRET = 'a-signing-secret-of-some-length';

let server: TestServer;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver((response) => {
    response.statusCode = receiver.requests.length === 1 ? 503 : 200;
    response.end(SECRET); // an echo that must not reach the log
  });
  server = await startTestServer({
    variables: {
      HOOKLINE_ADMIN_USERNAME: 'ana',
      HOOKLINE_ADMIN_PASSWORD: 'correct horse battery staple',
      HOOKLINE_ADMIN_API_KEY: KEY,
      HOOKLINE_ORGANIZATION: 'Acme',
      HOOKLINE_TEAM: 'acme',
      HOOKLINE_ALLOW_HTTP: '1',
    },
    ownNames: { 'hook.example': ['127.0.0.1'] },
  });
  await firstStart(server.runtime);
});
afterAll(async () => {
  await server.stop();
  receiver.close();
});

async function post(path: string, body: unknown): Promise<{ requestId: string; answer: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.ok, await response.clone().text()).toBe(true);
  return { requestId: response.headers.get('x-request-id')!, answer: await response.json() };
}

test('one delivery is followed through the log from its request to its last attempt by its ids, and no secret is on the way', async () => {
  await post('/teams/acme/secrets', { name: 'SIGNING', value: SECRET });
  await post('/teams/acme/webhooks', { name: 'hook', url: `http://hook.example:${receiver.port}/in/t0p-s3cret`, signingSecret: 'SIGNING' });
  await post('/projects', { entity: 'acme', name: 'vision' });
  await post('/automations', {
    name: 'Tell of failures',
    scope: { project: 'acme/vision' },
    on: 'run.state',
    filter: { states: ['failed'] },
    action: { webhook: 'hook' },
    retry: { delaysSeconds: [0, 0] },
  });
  const events = [1, 2].map((n) => ({ type: 'run.state', run: { id: `r${n}`, state: n === 1 ? 'running' : 'failed' } }));
  const { requestId, answer } = await post('/projects/acme/vision/events', events);
  const [executionId] = answer.executions as [string];
  const { worker } = server.runtime.platform.engine;
  await expect
    .poll(async () => {
      worker.tick();
      await worker.idle();
      return receiver.requests.length;
    })
    .toBe(2);

  const lines = server.lines.filter((line) => line.executionId === executionId);
  expect(lines.map(({ msg }) => msg)).toEqual(['execution queued', 'attempt', 'attempt']);
  const [queued, first, second] = lines;
  expect(queued).toMatchObject({ requestId, eventId: expect.stringMatching(/^evt_/), status: 'pending' });
  expect(first).toMatchObject({ eventId: queued!.eventId, attempt: 1, answered: 503, outcome: 'try_again', error: 'http_status' });
  expect(second).toMatchObject({ eventId: queued!.eventId, attempt: 2, answered: 200, outcome: 'delivered', status: 'finished' });
  await expect
    .poll(() => server.lines.find((line) => line.requestId === requestId && line.msg === 'request'))
    .toMatchObject({ status: 202 });
  expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([executionId, executionId]);
  expect(JSON.stringify(server.lines)).not.toMatch(/t0p-s3cret|a-signing-secret/);
});

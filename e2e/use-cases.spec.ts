import { expect, test } from '@playwright/test';
import { HAPPENINGS } from '#lib/api/use-case-happenings.testing.ts';
import { USE_CASES } from '#lib/domain/use-cases.ts';
import { documentOfUseCase } from '#lib/domain/use-cases-guide.testing.ts';
import { ADMIN } from './instance.ts';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Rest, restAs } from './rest.ts';

test.describe.configure({ mode: 'default' }); // one server for all of them, one after the other

let server: OwnServer;
let receiver: Receiver;
let rest: Rest;

test.beforeAll(async () => {
  receiver = await startReceiver('use-cases');
  server = await startOwnServer({
    HOOKLINE_ADMIN_USERNAME: ADMIN.username,
    HOOKLINE_ADMIN_PASSWORD: ADMIN.password,
    HOOKLINE_ADMIN_API_KEY: ADMIN.apiKey,
    HOOKLINE_ORGANIZATION: 'Acme',
    HOOKLINE_TEAM: 'acme',
    HOOKLINE_EGRESS_ALLOW: '127.0.0.0/8',
    HOOKLINE_ALLOW_HTTP: '1',
    HOOKLINE_DNS_SERVERS: `127.0.0.1:${process.env.E2E_DNS_PORT}`,
  });
  rest = restAs(ADMIN.apiKey, server);
  await rest.post('/teams/acme/webhooks', { name: 'deploy-hook', url: receiver.url });
  await rest.post('/teams/acme/slack-channels', { name: 'ml-alerts', webhookUrl: receiver.url });
});

test.afterAll(async () => {
  await server.remove();
  await receiver.close();
});

test.beforeEach(async () => {
  await rest.post('/projects', { entity: 'acme', name: 'vision' });
  await rest.post('/registries', { name: 'model' });
});

test.afterEach(async () => {
  await rest.delete('/registries/model?force=true');
  await rest.delete('/projects/acme/vision?force=true');
});

for (const useCase of USE_CASES) {
  const { before = [], steps, received } = HAPPENINGS[useCase.id]!;
  if (steps.some((step) => 'wait' in step)) continue; // with a clock set by hand, in lib/api/use-cases.test.ts
  test(`${useCase.id}: a started server sends its request for what a tracker reports`, async () => {
    for (const step of before) await rest.post('/projects/acme/vision/events', step);
    await rest.post('/automations', documentOfUseCase(useCase));
    const executions: string[] = [];
    for (const step of steps)
      executions.push(...(await rest.post<{ executions: string[] }>('/projects/acme/vision/events', step)).executions);
    expect(executions).toHaveLength(1);
    const { body } = await receiver.next();
    for (const text of received) expect(body).toContain(text);
    await expect.poll(async () => (await rest.get<{ status: string }>(`/executions/${executions[0]}`)).status).toBe('finished');
  });
}

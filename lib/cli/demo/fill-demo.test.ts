import { expect, test } from 'vitest';
import { firstStart } from '#lib/server/first-start.ts';
import { startTestServer } from '#lib/server/testing/start-test-server.ts';
import { newKey } from './demo-people.ts';
import { RECEIVER_HOST, startDemoReceiver } from './demo-receiver.ts';
import { fillDemo } from './fill-demo.ts';

test('the demo fills an empty instance through REST, and what should fire really fires', { timeout: 60_000 }, async () => {
  const key = newKey();
  const receiver = await startDemoReceiver();
  const server = await startTestServer({
    ownNames: { [RECEIVER_HOST]: ['127.0.0.1'] },
    variables: {
      HOOKLINE_ALLOW_HTTP: '1',
      HOOKLINE_ADMIN_USERNAME: 'ana',
      HOOKLINE_ADMIN_PASSWORD: 'correct horse battery',
      HOOKLINE_ADMIN_API_KEY: key,
      HOOKLINE_ORGANIZATION: 'Acme',
      HOOKLINE_TEAM: 'acme',
    },
  });
  try {
    await firstStart(server.runtime);
    await fillDemo(server.port, key, receiver);
    const { engine } = server.runtime.platform;
    await engine.worker.idle();
    const answer = await fetch(`${server.url}/api/v1/executions?limit=200`, { headers: { authorization: `Bearer ${key}` } });
    const { items } = (await answer.json()) as { items: { status: string; automation: { name: string }; target: { name: string } }[] };
    const statuses = (name: string) => items.filter(({ automation }) => automation.name === name).map(({ status }) => status);
    expect(statuses('Validation loss is good enough')).toContain('finished');
    expect(statuses('Open a release candidate')).toContain('pending');
    expect(statuses('Loss became NaN')).toEqual(['finished']);
    expect(statuses('Failed runs').toSorted()).toEqual(['finished', 'skipped']);
    expect(statuses('Deploy detector on production')).toEqual(['finished']);
    expect(statuses('Deploy scorer on production')).toEqual(['finished']);
    expect(statuses('Retrain on new road scenes')).toEqual(['finished']);
    expect(statuses('Validate before release')).toEqual(['pending']);
    expect(statuses('Sync model card')).toEqual(['failed']);
    expect(server.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    await engine.stop();
  } finally {
    await server.stop();
    receiver.close();
  }
});

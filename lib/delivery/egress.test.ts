import { afterEach, expect, test } from 'vitest';
import { createEgress, type Egress } from './egress.ts';
import { createHostResolver } from './resolve-host.ts';
import { type DnsServer, startDnsServer } from './testing/dns-server.ts';
import { policyAllowing } from './testing/exchange-to.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

async function arrange(now: () => number): Promise<{ egress: Egress; dns: DnsServer }> {
  const dns = await startDnsServer({ 'public.example': { a: ['8.8.8.8'] }, 'private.example': { a: ['10.0.0.1'] } });
  const resolver = createHostResolver({ servers: [dns.address] });
  const egress = createEgress({
    policy: policyAllowing('private.example'),
    resolver,
    version: '1.0.0',
    slackApiUrl: 'https://slack.example/api/',
    now,
  });
  open.push(dns, egress);
  return { egress, dns };
}

test('a destination is judged by its URL and by what its name resolves to, and told in a sentence', async () => {
  const { egress } = await arrange(() => 0);
  const judge = (url: string, personal = false) => egress.judgeDestination(url, { personal });
  expect(await judge('https://public.example/x')).toMatchObject({ host: 'public.example', allowed: true, address: '8.8.8.8' });
  expect(await judge('https://private.example/x')).toMatchObject({ allowed: true });
  expect(await judge('https://private.example/x', true)).toMatchObject({
    allowed: false,
    address: null,
    text: expect.not.stringContaining('10.0.0.1'),
  });
  expect(await judge('https://unknown.example/x')).toMatchObject({ allowed: false, text: 'The name unknown.example was not found.' });
  expect(await judge('https://127.0.0.1/')).toMatchObject({ allowed: false });
  expect(await judge('nonsense')).toMatchObject({ host: '', allowed: false });
});

test('a name is resolved for this at most once a minute', async () => {
  let nowMs = 0;
  const { egress, dns } = await arrange(() => nowMs);
  for (nowMs of [0, 30_000, 59_999]) await egress.judgeDestination('https://public.example/x', { personal: false });
  expect(dns.questions).toHaveLength(2);
  nowMs = 60_000;
  await egress.judgeDestination('https://public.example/y', { personal: false });
  expect(dns.questions).toHaveLength(4);
});

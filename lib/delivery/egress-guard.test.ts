import { afterEach, describe, expect, test } from 'vitest';
import { DENIED_V4, DENIED_V6 } from './egress-addresses.ts';
import { createExchange } from './exchange.ts';
import { createHostResolver } from './resolve-host.ts';
import { type DnsRecords, startDnsServer } from './testing/dns-server.ts';
import { policyAllowing, requestTo } from './testing/exchange-to.ts';
import { type Received, startReceiver } from './testing/receiver.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

/** A receiver on loopback, which no policy here allows but under the name fence.example, and a DNS server that leads to it in many ways. */
async function arrange(zone: Record<string, DnsRecords | (() => DnsRecords)>, allow = 'fence.example') {
  const receiver = keep(await startReceiver());
  const dns = keep(await startDnsServer({ 'fence.example': { a: ['127.0.0.1'] }, ...zone }));
  const resolver = keep(createHostResolver({ servers: [dns.address] }));
  const exchange = keep(createExchange({ policy: policyAllowing(allow), resolver, limits: { totalMs: 1000, connectMs: 500 } }));
  const send = (host: string, personal = false) =>
    exchange.send(requestTo(receiver.port, { url: `http://${host}:${receiver.port}/`, headers: [['X-Sent-To', host]], personal }));
  return { receiver, dns, send };
}

const seenBy = (requests: Received[]) => requests.map(({ headers }) => headers['x-sent-to']);
const refused = { kind: 'failed', failure: { phase: 'judge', refusal: { code: 'address_not_allowed' } } };

describe('names that lead to an address that is not allowed', () => {
  const ways: Record<string, DnsRecords> = {
    'loopback.example': { a: ['127.0.0.1'] },
    'loopback6.example': { aaaa: ['::1'] },
    'any.example': { a: ['0.0.0.0'] },
    'any6.example': { aaaa: ['::'] },
    'mapped.example': { aaaa: ['::ffff:127.0.0.1'] },
    'compatible.example': { aaaa: ['::127.0.0.1'] },
    'mixed.example': { a: ['8.8.8.8', '127.0.0.1'] },
    'mixed-first.example': { a: ['127.0.0.1', '8.8.8.8'] },
    'mixed-families.example': { a: ['8.8.8.8'], aaaa: ['::1'] },
    'alias.example': { cname: 'loopback.example', a: ['127.0.0.1'] },
    'alias-alone.example': { cname: 'loopback.example' },
    'alias-chain.example': { cname: 'alias-alone.example' },
    'metadata.google.internal': { a: ['169.254.169.254'] },
  };

  test('are refused without a connection, however they lead there', async () => {
    const { receiver, send } = await arrange(ways);
    for (const host of Object.keys(ways)) expect([host, await send(host)]).toMatchObject([host, refused]);
    await send('fence.example');
    expect(seenBy(receiver.requests)).toEqual(['fence.example']);
    expect(receiver.connections()).toBe(1);
  });

  test('are refused for the first and the last address of every row of the table', async () => {
    const zone = Object.fromEntries(
      [
        ...DENIED_V4.map(({ cidr }) => ({ a: [cidr.split('/')[0]!] })),
        ...DENIED_V6.map(({ cidr }) => ({ aaaa: [cidr.split('/')[0]!] })),
      ].map((records, index) => [`row-${index}.example`, records]),
    );
    const { receiver, send } = await arrange(zone);
    for (const host of Object.keys(zone)) expect([host, await send(host)]).toMatchObject([host, refused]);
    expect(receiver.connections()).toBe(0);
  });

  test('are refused at the second connection when they change sides, and what is connected stays with the judged address', async () => {
    let round = 0;
    const rebinding = () => {
      round += 1;
      return { a: [round <= 2 ? '127.0.0.1' : '10.0.0.1'] }; // two questions a look-up: A and AAAA
    };
    const { receiver, dns, send } = await arrange({ 'rebind.example': rebinding }, '127.0.0.0/8');
    expect(await send('rebind.example')).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
    expect(await send('rebind.example')).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
    expect(dns.questions.filter((question) => question === 'A rebind.example')).toHaveLength(1);
    receiver.close();
    expect(await send('rebind.example')).toMatchObject(refused);
  });
});

describe('the allow list', () => {
  test('lets a listed name through on this machine, and no other', async () => {
    const { receiver, send } = await arrange({ 'other.example': { a: ['127.0.0.1'] } });
    expect(await send('fence.example')).toMatchObject({ kind: 'answered', host: 'fence.example', address: '127.0.0.1' });
    expect(await send('FENCE.example.')).toMatchObject({ kind: 'answered' });
    expect(await send('other.example')).toMatchObject(refused);
    expect(receiver.requests).toHaveLength(2);
  });

  test('does not hold for personal entities, not even over a connection that a team has open', async () => {
    const { receiver, send } = await arrange({});
    expect(await send('fence.example')).toMatchObject({ kind: 'answered' });
    expect(await send('fence.example', true)).toMatchObject(refused);
    expect(receiver.requests).toHaveLength(1);
  });
});

describe('names that do not resolve', () => {
  test('are told apart: unknown, without addresses, refused by the server, not answered', async () => {
    const { send } = await arrange({ 'empty.example': {}, 'broken.example': { refuses: true }, 'silent.example': { silent: true } });
    expect(await send('unknown.example')).toMatchObject({ failure: { phase: 'dns', code: 'name_not_found' } });
    expect(await send('empty.example')).toMatchObject({ failure: { phase: 'dns', code: 'name_not_found' } });
    expect(await send('broken.example')).toMatchObject({ failure: { phase: 'dns', code: 'dns_failed' } });
    expect(await send('silent.example')).toMatchObject({ failure: { phase: 'dns', code: 'dns_timeout' } });
  });

  test('and are slow do not delay another', async () => {
    const { send } = await arrange({ 'silent.example': { silent: true } });
    const order: string[] = [];
    const slow = Array.from({ length: 20 }, () => send('silent.example').then(() => order.push('slow')));
    await send('fence.example').then(() => order.push('quick'));
    expect(order).toEqual(['quick']);
    await Promise.all(slow);
  });
});

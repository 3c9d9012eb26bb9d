import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExchange, type ExchangeLimits } from './exchange.ts';
import { createHostResolver } from './resolve-host.ts';
import { CARRYING, NEIGHBOURS, SPECIAL_ADDRESSES, spellingsOf } from './testing/address-table.ts';
import { type DnsRecords, startDnsServer } from './testing/dns-server.ts';
import { policyAllowing, requestTo } from './testing/exchange-to.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};

/** Addresses that this process began to connect to, as the system's own net module tells. */
let attempts: string[] = [];
const onSocket = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  socket.on('connectionAttempt', (address: string) => attempts.push(address));
};
beforeEach(() => {
  attempts = [];
  subscribe('net.client.socket', onSocket);
});
afterEach(() => {
  unsubscribe('net.client.socket', onSocket);
  for (const closable of open.splice(0)) closable.close();
});

const isV4 = (address: string) => net.isIPv4(address);
const recordOf = (address: string): DnsRecords => (isV4(address) ? { a: [address] } : { aaaa: [address] });
const hostOf = (index: number) => `host-${index}.example`;

/** An exchange without any allowance that asks a real name server on loopback; `connectMs: 0` gives up just before a socket is made. */
async function arrange(zone: Record<string, DnsRecords | (() => DnsRecords)>, limits: Partial<ExchangeLimits> = {}) {
  const dns = keep(await startDnsServer(zone));
  const resolver = keep(createHostResolver({ servers: [dns.address], hostsFilePath: '/nonexistent' }));
  const exchange = keep(createExchange({ policy: policyAllowing(''), resolver, limits: { totalMs: 2000, ...limits } }));
  return (host: string, port = 8443) => exchange.send(requestTo(port, { url: `http://${host}:${port}/` }));
}

const refused = { kind: 'failed', failure: { phase: 'judge', refusal: { code: 'address_not_allowed' } } };
const wouldConnect = { kind: 'failed', failure: { phase: 'connect', error: null } };

/** More at once, and the system drops questions. */
const AT_ONCE = 16;

/** All hosts of a zone, each with what came of it. */
async function expectAll(zone: Record<string, DnsRecords | (() => DnsRecords)>, expected: object, limits: Partial<ExchangeLimits> = {}) {
  const send = await arrange(zone, limits);
  const hosts = Object.keys(zone);
  for (let from = 0; from < hosts.length; from += AT_ONCE) {
    const some = hosts.slice(from, from + AT_ONCE);
    const results = await Promise.all(some.map(async (host) => [host, zone[host], await send(host)]));
    expect(results).toMatchObject(some.map((host) => [host, zone[host], expected]));
  }
}
const zoneOf = (records: readonly DnsRecords[]) => Object.fromEntries(records.map((each, index) => [hostOf(index), each]));

const SPECIAL_V4 = SPECIAL_ADDRESSES.filter(isV4);

describe('no connection goes to a special address', () => {
  afterEach(() => expect(attempts).toEqual([]));

  test('that is all a name has', () => expectAll(zoneOf(SPECIAL_ADDRESSES.map(recordOf)), refused));

  test('that stands behind, before or beside a public one', () =>
    expectAll(
      zoneOf(
        SPECIAL_ADDRESSES.flatMap((address): DnsRecords[] =>
          isV4(address)
            ? [{ a: ['8.8.8.8', address] }, { a: [address, '8.8.8.8'] }, { a: [address], aaaa: ['2606:4700::1111'] }]
            : [{ aaaa: ['2606:4700::1111', address] }, { aaaa: [address, '2606:4700::1111'] }, { a: ['8.8.8.8'], aaaa: [address] }],
        ),
      ),
      refused,
    ));

  test.each(Object.entries(CARRYING))('that an IPv6 address carries (%s)', (_, carry) =>
    expectAll(zoneOf([...SPECIAL_V4, '8.8.8.8'].map((address) => ({ aaaa: [carry(address)] }))), refused),
  );

  test('to which an alias leads, told with its address or alone', () =>
    expectAll(
      Object.fromEntries(
        SPECIAL_ADDRESSES.flatMap((address, index) => [
          [`target-${index}.example`, recordOf(address)],
          [`alias-${index}.example`, { cname: `target-${index}.example`, ...recordOf(address) }],
          [`alone-${index}.example`, { cname: `target-${index}.example` }],
          [`chain-${index}.example`, { cname: `alone-${index}.example` }],
        ]),
      ),
      refused,
    ));

  test('that a name has only the next time it is asked', async () => {
    const zone = Object.fromEntries(
      SPECIAL_V4.map((address, index) => {
        let asked = 0;
        return [hostOf(index), () => ({ a: [asked++ < 2 ? '8.8.8.8' : address] })]; // A and AAAA are asked each time
      }),
    );
    const send = await arrange(zone, { connectMs: 0 });
    for (const host of Object.keys(zone)) {
      expect(await send(host)).toMatchObject(wouldConnect);
      expect(await send(host)).toMatchObject(refused);
    }
  });

  test('that a slow name server tells late', () =>
    expectAll(zoneOf(SPECIAL_V4.map((address) => ({ a: [address], delayMs: 100 }))), refused));

  test('that is of this machine', async () => {
    const dns = keep(await startDnsServer({ 'own.example': { a: ['8.8.4.4'] } }));
    const resolver = keep(createHostResolver({ servers: [dns.address] }));
    const policy = policyAllowing('', { ownAddresses: () => ['8.8.4.4'] });
    const exchange = keep(createExchange({ policy, resolver }));
    for (const port of [80, 443, 8080]) {
      expect(await exchange.send(requestTo(port, { url: `http://own.example:${port}/` }))).toMatchObject(refused);
    }
  });

  test('that a URL spells out, however', async () => {
    const send = await arrange({ 'public.example': { a: ['8.8.8.8'] } }, { connectMs: 0 });
    for (const address of SPECIAL_V4) {
      for (const spelling of spellingsOf(address)) {
        const result = await send(spelling);
        expect([spelling, result.kind === 'failed' && result.failure.phase]).toEqual([spelling, 'judge']);
      }
    }
    for (const address of SPECIAL_ADDRESSES.filter((each) => !isV4(each)))
      expect([address, await send(`[${address}]`)]).toMatchObject([address, refused]);
  });
});

describe('an address just outside', () => {
  afterEach(() => expect(attempts).toEqual([]));

  test('passes, alone and with others of its kind', async () => {
    expect(NEIGHBOURS.filter(isV4).length).toBeGreaterThan(20);
    expect(NEIGHBOURS.filter((address) => !isV4(address)).length).toBeGreaterThan(5);
    await expectAll(zoneOf(NEIGHBOURS.map(recordOf)), wouldConnect, { connectMs: 0 });
    await expectAll(zoneOf([{ a: NEIGHBOURS.filter(isV4), aaaa: NEIGHBOURS.filter((address) => !isV4(address)) }]), wouldConnect, {
      connectMs: 0,
    });
  });

  test('does not pass when a URL spells it out: literal addresses are refused, public or not', async () => {
    const send = await arrange({}, { connectMs: 0 });
    for (const address of NEIGHBOURS) {
      for (const spelling of isV4(address) ? spellingsOf(address) : [`[${address}]`]) {
        const result = await send(spelling);
        expect([spelling, result.kind === 'failed' && result.failure.phase]).toEqual([spelling, 'judge']);
      }
    }
  });
});

test('a refusal tells nothing of what listens there: same words, and nobody is asked', async () => {
  const listening = keep(net.createServer());
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as net.AddressInfo;
  const send = await arrange({ 'inner.example': { a: ['127.0.0.1'] }, 'nowhere.example': { a: ['10.255.255.1'] } });
  const told = async (host: string, at: number) => {
    const result = await send(host, at);
    return (
      result.kind === 'failed' &&
      result.failure.phase === 'judge' && [result.failure.refusal.message.replace(host, 'it'), result.timings.connectMs]
    );
  };
  const answers = [await told('inner.example', port), await told('inner.example', port - 1), await told('nowhere.example', port)];
  expect(answers).toEqual(answers.map(() => ['it resolves to an address that is not allowed.', undefined]));
  expect(attempts).toEqual([]);
});

test('what is allowed is really connected to, and only there: the instrument works', async () => {
  const server = keep(net.createServer((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const resolver = createHostResolver({ names: { 'hook.example': ['127.0.0.1'] } });
  const exchange = keep(createExchange({ policy: policyAllowing('hook.example'), resolver }));
  expect(await exchange.send(requestTo(port))).toMatchObject({ kind: 'answered', response: { status: 204 } });
  expect(attempts).toEqual(['127.0.0.1']);
});

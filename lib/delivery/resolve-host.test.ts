import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseHosts } from './hosts-file.ts';
import { createHostResolver, parseDnsServers, type ResolverOptions } from './resolve-host.ts';
import { type DnsRecords, startDnsServer } from './testing/dns-server.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

async function arrange(zone: Record<string, DnsRecords>, options: ResolverOptions = {}) {
  const dns = await startDnsServer(zone);
  const resolver = createHostResolver({ servers: [dns.address], ...options });
  open.push(dns, resolver);
  return { dns, resolve: async (host: string, timeoutMs?: number) => resolver.resolve(host, timeoutMs) };
}

test('both families are asked for, and all answers given, IPv4 first', async () => {
  const { resolve, dns } = await arrange({ 'hook.example': { a: ['8.8.8.8', '1.1.1.1'], aaaa: ['2606:4700::1111'] } });
  expect(await resolve('hook.example')).toEqual({ kind: 'resolved', addresses: ['8.8.8.8', '1.1.1.1', '2606:4700::1111'] });
  expect(dns.questions.toSorted()).toEqual(['A hook.example', 'AAAA hook.example']);
});

test('those who ask at the same time share one question to the server', async () => {
  const { resolve, dns } = await arrange({ 'hook.example': { a: ['8.8.8.8'] } });
  await Promise.all(Array.from({ length: 50 }, () => resolve('hook.example')));
  expect(dns.questions).toHaveLength(2);
  await resolve('hook.example');
  expect(dns.questions).toHaveLength(4);
});

test('a host with AAAA records alone will do', async () => {
  const { resolve } = await arrange({ 'hook.example': { aaaa: ['2606:4700::1111'] } });
  expect(await resolve('hook.example')).toEqual({ kind: 'resolved', addresses: ['2606:4700::1111'] });
});

test('a server that drops AAAA questions does not spoil the IPv4 answer', async () => {
  const { resolve } = await arrange({ 'hook.example': { a: ['8.8.8.8'], silentAaaa: true } }, { graceMs: 20 });
  expect(await resolve('hook.example')).toEqual({ kind: 'resolved', addresses: ['8.8.8.8'] });
});

test('an alias without addresses is followed, but not in circles', async () => {
  const { resolve } = await arrange({
    'alias.example': { cname: 'hook.example' },
    'hook.example': { a: ['8.8.8.8'] },
    'one.example': { cname: 'two.example' },
    'two.example': { cname: 'one.example' },
  });
  expect(await resolve('alias.example')).toEqual({ kind: 'resolved', addresses: ['8.8.8.8'] });
  expect(await resolve('one.example')).toMatchObject({ kind: 'failed' });
});

test('a server that does not answer costs no more than the time given', async () => {
  const { resolve } = await arrange({ 'silent.example': { silent: true } });
  expect(await resolve('silent.example', 50)).toEqual({ kind: 'failed', code: 'dns_timeout' });
});

test('the hosts file comes before DNS and is read again when it changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hosts-'));
  const hostsFilePath = join(folder, 'hosts');
  const { resolve, dns } = await arrange({ 'hook.example': { a: ['8.8.8.8'] } }, { hostsFilePath });
  try {
    expect(await resolve('hook.example')).toEqual({ kind: 'resolved', addresses: ['8.8.8.8'] });
    await writeFile(hostsFilePath, '# comment\n10.0.0.1\tHook.example alias # more\nfd00::1 hook.example\nbad line\n');
    const asked = dns.questions.length;
    expect(await resolve('hook.example')).toEqual({ kind: 'resolved', addresses: ['10.0.0.1', 'fd00::1'] });
    expect(await resolve('ALIAS')).toEqual({ kind: 'resolved', addresses: ['10.0.0.1'] });
    expect(dns.questions).toHaveLength(asked);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('names of this process and names under localhost are never asked of a server', async () => {
  const { resolve, dns } = await arrange({}, { names: { 'receiver.demo': ['127.0.0.1'] } });
  expect(await resolve('receiver.demo')).toEqual({ kind: 'resolved', addresses: ['127.0.0.1'] });
  expect(await resolve('hook.localhost')).toEqual({ kind: 'resolved', addresses: ['127.0.0.1'] });
  expect(dns.questions).toEqual([]);
});

test('a hosts file may hold anything', () => {
  expect(parseHosts('\n#\n127.0.0.1\nnonsense x\r\n127.0.0.1 a\r\nfe80::1%lo b\n')).toEqual(new Map([['a', ['127.0.0.1']]]));
});

test('HOOKLINE_DNS_SERVERS takes addresses with ports and names itself in what is wrong', () => {
  expect(parseDnsServers('10.0.0.2, 10.0.0.3:5353 [fd00::1]:53')).toEqual({
    kind: 'parsed',
    servers: ['10.0.0.2', '10.0.0.3:5353', '[fd00::1]:53'],
  });
  const problem = parseDnsServers('dns.example');
  expect(problem.kind === 'problem' && problem.message).toContain('HOOKLINE_DNS_SERVERS');
});

import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { parseProxies } from '#lib/runtime/trusted-proxies.ts';
import { clientAddressFrom, isDirectLoopback } from './client-address.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

test('without a trusted proxy the peer counts, whatever it claims', () => {
  expect(clientAddressFrom([])(from('198.51.100.7', { 'x-forwarded-for': '203.0.113.9' }))).toBe('198.51.100.7');
});

test('behind trusted proxies the last address that is not one of them counts', () => {
  const address = clientAddressFrom(parseProxies(['loopback', '10.0.0.0/8']).ranges);
  expect(address(from('127.0.0.1', { 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.1.2.3' }))).toBe('203.0.113.9');
  expect(address(from('::ffff:127.0.0.1', { 'x-forwarded-for': '2001:db8::1' }))).toBe('2001:db8::1');
  expect(address(from('198.51.100.7', { 'x-forwarded-for': '203.0.113.9' }))).toBe('198.51.100.7');
});

test('a loopback peer behind a proxy is not taken for a local one', () => {
  expect(isDirectLoopback(from('127.0.0.1'))).toBe(true);
  expect(isDirectLoopback(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }))).toBe(false);
  expect(isDirectLoopback(from('127.0.0.1', { 'x-forwarded-proto': 'https' }))).toBe(false);
  expect(isDirectLoopback(from('198.51.100.7'))).toBe(false);
});

import { expect, test } from 'vitest';
import { classifyAddress, normalizeAddress } from './egress-addresses.ts';
import { createOwnAddresses } from './own-addresses.ts';

test('the addresses of this machine hold loopback, and all are addresses the guard can compare', () => {
  const addresses = createOwnAddresses(() => 0)();
  expect(addresses.some((address) => !classifyAddress(address).public)).toBe(true);
  expect(addresses.filter((address) => normalizeAddress(address) === null)).toEqual([]);
});

test('they are read again after ten seconds, not before', () => {
  let nowMs = 0;
  const own = createOwnAddresses(() => nowMs);
  const first = own();
  nowMs = 9_999;
  expect(own()).toBe(first);
  nowMs = 10_000;
  expect(own()).not.toBe(first);
});

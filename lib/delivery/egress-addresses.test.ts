import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { CARRIERS, classifyAddress, DENIED_V4, DENIED_V6, METADATA_ADDRESSES, PUBLIC_V6 } from './egress-addresses.ts';

const isPublic = (address: string) => classifyAddress(address).public;

/** First, last and one inner address of a range, and the two just outside; null where the number space ends. */
function edgesOf(cidr: string) {
  const [base, prefix] = ipaddr.parseCIDR(cidr);
  const bits = base.kind() === 'ipv4' ? 32 : 128;
  const first = base.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const text = (value: bigint) => {
    if (value < 0n || value >= 1n << BigInt(bits)) return null;
    const bytes = Array.from({ length: bits / 8 }, (_, index) => Number((value >> BigInt(bits - 8 * (index + 1))) & 255n));
    return ipaddr.fromByteArray(bytes).toString();
  };
  return {
    first: text(first)!,
    inner: text(first + size / 2n)!,
    last: text(first + size - 1n)!,
    before: text(first - 1n),
    after: text(first + size),
  };
}

const covers = (cidr: string, address: string) => {
  const parsed = ipaddr.parse(address);
  const [base, prefix] = ipaddr.parseCIDR(cidr);
  return parsed.kind() === base.kind() && parsed.match([base, prefix] as [ipaddr.IPv6 & ipaddr.IPv4, number]);
};
/** Whether the table itself, read without our classifier, leaves this neighbour public. */
const isOutsideTheTable = (address: string) =>
  !METADATA_ADDRESSES.includes(address) &&
  ![...DENIED_V4, ...DENIED_V6, ...CARRIERS].some((row) => covers(row.cidr, address)) &&
  (!address.includes(':') || covers(PUBLIC_V6, address));

describe.each([...DENIED_V4, ...DENIED_V6, ...CARRIERS])('$cidr ($purpose)', ({ cidr }) => {
  const { first, inner, last, before, after } = edgesOf(cidr);

  test.each([first, inner, last])('%s is denied', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  test('its neighbours just outside pass unless another row has them', () => {
    for (const neighbour of [before, after])
      if (neighbour) expect([neighbour, isPublic(neighbour)]).toEqual([neighbour, isOutsideTheTable(neighbour)]);
  });
});

describe('an IPv4 address inside an IPv6 one', () => {
  test.each(CARRIERS)('in $cidr ($purpose) is denied, public or not, and metadata is recognised', ({ cidr, bytes, inverted }) => {
    const carry = (inner: string) => {
      const all = ipaddr.parseCIDR(cidr)[0].toByteArray();
      inner.split('.').forEach((byte, index) => {
        all[bytes[index]!] = inverted ? 255 - Number(byte) : Number(byte);
      });
      return ipaddr.fromByteArray(all).toString();
    };
    expect(classifyAddress(carry('8.8.8.8'))).toMatchObject({ public: false, metadata: false });
    expect(classifyAddress(carry('127.0.0.1'))).toMatchObject({ public: false, metadata: false });
    expect(classifyAddress(carry('169.254.169.254'))).toMatchObject({ public: false, metadata: true });
  });
});

test.each(METADATA_ADDRESSES)('%s is metadata', (address) => {
  expect(classifyAddress(address)).toEqual({ public: false, purpose: 'cloud metadata', metadata: true });
});

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '168.63.129.15',
  '168.63.129.17',
  '172.15.255.255',
  '172.32.0.0',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '2001:4860:4860::8888',
  '3ffe::1',
])('%s is public', (address) => {
  expect(isPublic(address)).toBe(true);
});

test.each(['', 'x', '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '1.2.3.4.5', 'fe80::1%eth0', '2606:4700::1%1', '[::1]', ' 8.8.8.8'])(
  '"%s" is no address and so denied',
  (address) => {
    expect(isPublic(address)).toBe(false);
  },
);

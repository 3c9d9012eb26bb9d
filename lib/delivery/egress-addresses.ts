import ipaddr from 'ipaddr.js';

/** Ranges that no delivery reaches unless the operator lists them. The test suite is generated from these rows. */
export type DeniedRange = { cidr: string; purpose: string };

/** IANA's IPv4 special-purpose registry, and one public-looking address of Azure's. */
export const DENIED_V4: readonly DeniedRange[] = [
  { cidr: '0.0.0.0/8', purpose: 'this network' },
  { cidr: '10.0.0.0/8', purpose: 'private' },
  { cidr: '100.64.0.0/10', purpose: 'carrier-grade NAT' },
  { cidr: '127.0.0.0/8', purpose: 'loopback' },
  { cidr: '168.63.129.16/32', purpose: 'Azure WireServer' },
  { cidr: '169.254.0.0/16', purpose: 'link-local' },
  { cidr: '172.16.0.0/12', purpose: 'private' },
  { cidr: '192.0.0.0/24', purpose: 'IETF protocol assignments' },
  { cidr: '192.0.2.0/24', purpose: 'documentation' },
  { cidr: '192.31.196.0/24', purpose: 'AS112' },
  { cidr: '192.52.193.0/24', purpose: 'AMT' },
  { cidr: '192.88.99.0/24', purpose: '6to4 relay' },
  { cidr: '192.168.0.0/16', purpose: 'private' },
  { cidr: '192.175.48.0/24', purpose: 'AS112' },
  { cidr: '198.18.0.0/15', purpose: 'benchmarking' },
  { cidr: '198.51.100.0/24', purpose: 'documentation' },
  { cidr: '203.0.113.0/24', purpose: 'documentation' },
  { cidr: '224.0.0.0/4', purpose: 'multicast' },
  { cidr: '240.0.0.0/4', purpose: 'reserved or broadcast' },
];

/** IPv6 is allowed inside this block only; everything outside (loopback, unique local, link-local, multicast, unallocated) is denied. */
export const PUBLIC_V6 = '2000::/3';

/** What is denied inside PUBLIC_V6, and names for what lies outside it. */
export const DENIED_V6: readonly DeniedRange[] = [
  { cidr: '::/128', purpose: 'unspecified' },
  { cidr: '::1/128', purpose: 'loopback' },
  { cidr: '100::/64', purpose: 'discard' },
  { cidr: '100:0:0:1::/64', purpose: 'dummy prefix' },
  { cidr: '2001::/23', purpose: 'IETF protocol assignments, Teredo among them' },
  { cidr: '2001:db8::/32', purpose: 'documentation' },
  { cidr: '2002::/16', purpose: '6to4' },
  { cidr: '2620:4f:8000::/48', purpose: 'AS112' },
  { cidr: '3fff::/20', purpose: 'documentation' },
  { cidr: '4000::/3', purpose: 'unallocated' },
  { cidr: '5f00::/16', purpose: 'segment routing' },
  { cidr: 'fc00::/7', purpose: 'unique local' },
  { cidr: 'fe80::/10', purpose: 'link-local' },
  { cidr: 'fec0::/10', purpose: 'site-local' },
  { cidr: 'ff00::/8', purpose: 'multicast' },
];

/** IPv6 ranges that carry an IPv4 address, and the bytes where. All are denied whatever they carry; the inner address tells metadata apart. */
export const CARRIERS: readonly { cidr: string; purpose: string; bytes: readonly number[]; inverted?: boolean }[] = [
  { cidr: '::/96', purpose: 'IPv4-compatible', bytes: [12, 13, 14, 15] },
  { cidr: '::ffff:0:0/96', purpose: 'IPv4-mapped', bytes: [12, 13, 14, 15] },
  { cidr: '::ffff:0:0:0/96', purpose: 'SIIT', bytes: [12, 13, 14, 15] },
  { cidr: '64:ff9b::/96', purpose: 'NAT64', bytes: [12, 13, 14, 15] },
  { cidr: '64:ff9b:1::/48', purpose: 'local NAT64 (/48)', bytes: [6, 7, 9, 10] }, // RFC 6052: byte 8 is skipped
  { cidr: '64:ff9b:1::/48', purpose: 'local NAT64 (/96)', bytes: [12, 13, 14, 15] },
  { cidr: '2002::/16', purpose: '6to4', bytes: [2, 3, 4, 5] },
  { cidr: '2001::/32', purpose: 'Teredo server', bytes: [4, 5, 6, 7] },
  { cidr: '2001::/32', purpose: 'Teredo client', bytes: [12, 13, 14, 15], inverted: true },
];

/** Where clouds hand out credentials: no entry of the operator's covers them but one for exactly that address. */
export const METADATA_ADDRESSES: readonly string[] = [
  '169.254.169.254', // AWS, Google, Azure, Oracle, DigitalOcean, OpenStack
  '169.254.170.2', // AWS ECS
  '169.254.170.23', // AWS EKS
  '169.254.169.253', // AWS resolver
  '169.254.42.42', // Scaleway
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure WireServer
  '192.0.0.192', // Oracle classic
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS EKS
  'fd20:ce::254', // Google
  'fd00:42::42', // Scaleway
];

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

export type AddressClass = { public: true } | { public: false; purpose: string; metadata: boolean };

const withRange = <Row extends DeniedRange>(row: Row) => ({ ...row, range: ipaddr.parseCIDR(row.cidr) as Cidr });
const deniedV4 = DENIED_V4.map(withRange);
const deniedV6 = DENIED_V6.map(withRange);
const carriers = CARRIERS.map(withRange);
const publicV6 = ipaddr.parseCIDR(PUBLIC_V6) as Cidr;
const metadata = new Set(METADATA_ADDRESSES.map((address) => ipaddr.parse(address).toNormalizedString()));

/** Whether deliveries may reach this address without the operator's leave, and if not, what it is. Anything that is no address is denied. */
export function classifyAddress(text: string): AddressClass {
  const address = parseAddress(text);
  if (!address) return { public: false, purpose: 'not an address', metadata: false };

  const carried = carriers.filter(({ range }) => inRange(address, range));
  if (metadata.has(address.toNormalizedString()) || carried.some((row) => metadata.has(innerAddress(address, row))))
    return { public: false, purpose: 'cloud metadata', metadata: true };

  const row = [...(address.kind() === 'ipv4' ? deniedV4 : deniedV6), ...carried].find(({ range }) => inRange(address, range));
  if (row) return { public: false, purpose: row.purpose, metadata: false };
  if (address.kind() === 'ipv6' && !inRange(address, publicV6)) return { public: false, purpose: 'outside public IPv6', metadata: false };
  return { public: true };
}

/** One spelling per address, so that two can be compared; null for anything that is no address. */
export function normalizeAddress(text: string): string | null {
  return parseAddress(text)?.toNormalizedString() ?? null;
}

/** False for what is no address. */
export function addressInCidr(text: string, cidr: string): boolean {
  const address = parseAddress(text);
  return address !== null && inRange(address, ipaddr.parseCIDR(cidr) as Cidr);
}

/** The shape is tested first, because ipaddr.js finds out by throwing: 20 µs for each host name. */
export const isIpv4Literal = (text: string) => /^[\d.]{7,15}$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text);

/** Strict forms only: ipaddr.js would also read `127.1` and octal. Zone ids are refused. */
function parseAddress(text: string): Address | null {
  if (isIpv4Literal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

function inRange(address: Address, [base, prefix]: Cidr): boolean {
  return address.kind() === base.kind() && address.match(base as ipaddr.IPv6 & ipaddr.IPv4, prefix);
}

function innerAddress(address: Address, { bytes, inverted }: (typeof CARRIERS)[number]): string {
  const all = address.toByteArray();
  return bytes.map((at) => (inverted ? 255 - all[at]! : all[at]!)).join('.');
}

import ipaddr from 'ipaddr.js';

/**
 * Special-purpose address blocks, written down from the IANA registries and the clouds' documentation on their own, so that a
 * row missing in the guard's table is found. Nothing in them may be reached.
 */
export const SPECIAL_BLOCKS: readonly string[] = [
  // IPv4
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '100.100.100.200/32', // metadata of Alibaba
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // WireServer of Azure, which looks public
  '169.254.0.0/16', // link-local
  '169.254.169.253/32', // resolver of AWS
  '169.254.169.254/32', // metadata
  '169.254.170.2/32', // credentials of ECS
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '233.252.0.0/24', // documentation in multicast
  '240.0.0.0/4', // reserved
  '255.255.255.255/32', // broadcast
  // IPv6: everything outside 2000::/3, and blocks inside it
  '::/3', // everything below
  '::/128', // unspecified
  '::1/128', // loopback
  '::/96', // IPv4-compatible
  '::ffff:0:0/96', // IPv4-mapped
  '::ffff:0:0:0/96', // SIIT
  '64:ff9b::/96', // NAT64
  '64:ff9b:1::/48', // local NAT64
  '100::/64', // discard
  '100:0:0:1::/64', // dummy prefix
  '2001::/23', // IETF protocol assignments
  '2001::/32', // Teredo
  '2001:1::1/128', // port control protocol anycast
  '2001:2::/48', // benchmarking
  '2001:3::/32', // AMT
  '2001:4:112::/48', // AS112
  '2001:10::/28', // ORCHID
  '2001:20::/28', // ORCHIDv2
  '2001:30::/28', // DRIP
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
  '4000::/3', // unallocated
  '5f00::/16', // segment routing
  '6000::/3', // unallocated
  '8000::/1', // everything above
  'fc00::/7', // unique local
  'fd00:ec2::254/128', // metadata of AWS
  'fe80::/10', // link-local
  'fec0::/10', // site-local
  'ff00::/8', // multicast
];

/** Blocks in which an IPv6 address carries an IPv4 one: how to write one that carries it. */
export const CARRYING: Readonly<Record<string, (v4: string) => string>> = {
  'IPv4-mapped': (v4) => `::ffff:${v4}`,
  'IPv4-compatible': (v4) => `::${v4}`,
  SIIT: (v4) => `::ffff:0:${v4}`,
  NAT64: (v4) => `64:ff9b::${v4}`,
  'local NAT64': (v4) => `64:ff9b:1::${v4}`,
  '6to4': (v4) => `2002:${hexPair(v4)}::1`,
  Teredo: (v4) => `2001:0:${hexPair(v4)}::1`,
};

const hexPair = (v4: string) => {
  const [a, b, c, d] = v4.split('.').map(Number) as [number, number, number, number];
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
};

type Parsed = { first: bigint; last: bigint; bits: 32 | 128 };

function parse(block: string): Parsed {
  const [base, prefix] = ipaddr.parseCIDR(block);
  const bits = base.kind() === 'ipv4' ? 32 : 128;
  const first = base.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { first, last: first + (1n << BigInt(bits - prefix)) - 1n, bits };
}

function write(value: bigint, bits: 32 | 128): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) => Number((value >> BigInt(bits - 8 * (index + 1))) & 255n));
  return ipaddr.fromByteArray(bytes).toString();
}

const parsed = SPECIAL_BLOCKS.map(parse);
const isSpecial = (value: bigint, bits: 32 | 128) =>
  parsed.some((block) => block.bits === bits && value >= block.first && value <= block.last);

/** First, last and one inner address of each block. */
export const SPECIAL_ADDRESSES: readonly string[] = [
  ...new Set(parsed.flatMap(({ first, last, bits }) => [first, first + (last - first) / 2n, last].map((value) => write(value, bits)))),
];

/** The addresses just outside a block that no other block has. */
export const NEIGHBOURS: readonly string[] = [
  ...new Set(
    parsed.flatMap(({ first, last, bits }) =>
      [first - 1n, last + 1n]
        .filter((value) => value >= 0n && value < 1n << BigInt(bits) && !isSpecial(value, bits))
        .map((value) => write(value, bits)),
    ),
  ),
];

/** Every spelling of an IPv4 address that some parser takes for it. */
export function spellingsOf(v4: string): string[] {
  const parts = v4.split('.').map(Number) as [number, number, number, number];
  const [a, b, c, d] = parts;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => `0x${value.toString(16)}`;
  const octal = (value: number) => `0${value.toString(8)}`;
  const mapped = (zero: number, text: string) =>
    [...text].map((char) => (/\d/.test(char) ? String.fromCodePoint(zero + Number(char)) : char)).join('');
  return [
    v4,
    `${v4}.`,
    String(number),
    hex(number),
    octal(number),
    parts.map(hex).join('.'),
    parts.map(octal).join('.'),
    parts.map((part) => `0${octal(part)}`).join('.'),
    `${hex(a)}.${b}.${octal(c)}.${d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${hex(a)}.${(b * 256 + c) * 256 + d}`,
    mapped(0xff10, v4), // full-width digits
    v4.replaceAll('.', '。'),
    v4.replaceAll('.', '．'),
    mapped(0x1d7ce, v4), // mathematical digits
    [...v4].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
    `[::ffff:${v4}]`,
    `[::${v4}]`,
    `[64:ff9b::${v4}]`,
    `[0:0:0:0:0:ffff:${hexPair(v4)}]`,
    `public.example@${v4}`,
    `${v4}#@public.example`,
    `${v4}\\@public.example`,
    `\t${v4}`,
  ];
}

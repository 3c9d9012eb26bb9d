import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { ConfigurationError } from '#lib/runtime/configuration-error.ts';

export type ClientAddress = (request: IncomingMessage) => string | null;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Who asks: the peer, or what a trusted proxy in front says; entries before the first untrusted one are hearsay. */
export function clientAddressFrom(trusted: readonly string[]): ClientAddress {
  const ranges = trusted.flatMap((entry) => (entry === 'loopback' ? LOOPBACK : [entry])).map(parseRange);
  const isTrusted = (address: string) => ipaddr.isValid(address) && ranges.some((range) => matches(address, range));
  return (request) => {
    const peer = plain(request.socket.remoteAddress);
    if (peer === null || ranges.length === 0 || !isTrusted(peer)) return peer;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((entry) => plain(entry.trim()))
      .filter((entry) => entry !== null);
    return [...forwarded].reverse().find((address) => !isTrusted(address)) ?? forwarded[0] ?? peer;
  };
}

/** A peer on this machine, without a proxy in between that would make every visitor one. */
export function isDirectLoopback(request: IncomingMessage): boolean {
  const proxied = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers['x-real-ip'] ?? request.headers.via;
  const peer = plain(request.socket.remoteAddress);
  return proxied === undefined && peer !== null && (peer === '::1' || peer.startsWith('127.'));
}

function parseRange(entry: string): Range {
  try {
    return entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.parse(entry), entry.includes(':') ? 128 : 32];
  } catch {
    throw new ConfigurationError(`HOOKLINE_TRUST_PROXY lists addresses, CIDRs or "loopback", not ${entry}.`);
  }
}

function matches(address: string, [network, bits]: Range): boolean {
  const parsed = ipaddr.process(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

const MOST_KNOWN = 1000;
const known = new Map<string, string | null>();

/** Without the IPv4-in-IPv6 wrapping of a dual-stack socket. Peers come back thousands of times. */
function plain(address: string | undefined): string | null {
  if (address === undefined) return null;
  let text = known.get(address);
  if (text === undefined) {
    text = ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(address, text);
  }
  return text;
}

import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { AddressRange } from '#lib/runtime/trusted-proxies.ts';

export type ClientAddress = (request: IncomingMessage) => string | null;

/** Who asks: the peer, or what a trusted proxy in front says; entries before the first untrusted one are hearsay. */
export function clientAddressFrom(trusted: readonly AddressRange[]): ClientAddress {
  const isTrusted = (address: string) => ipaddr.isValid(address) && trusted.some((range) => matches(address, range));
  return (request) => {
    const peer = plain(request.socket.remoteAddress);
    if (peer === null || trusted.length === 0 || !isTrusted(peer)) return peer;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((entry) => plain(entry.trim()))
      .filter((entry) => entry !== null);
    return [...forwarded].reverse().find((address) => !isTrusted(address)) ?? forwarded[0] ?? peer;
  };
}

const FROM_PROXIES = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host', 'x-forwarded-proto'];

/** A peer on this machine, without a proxy in between that would make every visitor one. */
export function isDirectLoopback(request: IncomingMessage): boolean {
  const isProxied = FROM_PROXIES.some((name) => request.headers[name] !== undefined);
  const peer = plain(request.socket.remoteAddress);
  return !isProxied && peer !== null && (peer === '::1' || peer.startsWith('127.'));
}

function matches(address: string, [network, bits]: AddressRange): boolean {
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

import ipaddr from 'ipaddr.js';
import { isIpv4Literal } from './egress-addresses.ts';
import type { AllowEntry } from './egress-policy.ts';

export type ParsedAllowList = { kind: 'parsed'; entries: AllowEntry[] } | { kind: 'problem'; message: string };

/** Reads HOOKLINE_EGRESS_ALLOW: `name`, `name:port`, `CIDR`, `CIDR:port`, `[v6]:port`, separated by commas or spaces. */
export function parseEgressAllow(text: string): ParsedAllowList {
  const entries: AllowEntry[] = [];
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const entry = parseEntry(part);
    if (!entry)
      return {
        kind: 'problem',
        message: `HOOKLINE_EGRESS_ALLOW: "${part}" is none of name, name:port, CIDR, CIDR:port, [v6]:port. Separate entries with commas.`,
      };
    entries.push(entry);
  }
  return { kind: 'parsed', entries };
}

const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

function parseEntry(text: string): AllowEntry | null {
  const split = splitPort(text);
  if (!split) return null;
  const host = split.host.toLowerCase().replace(/\.$/, '');
  const port = split.port === undefined ? null : Number(split.port);
  if (port !== null && (port < 1 || port > 65_535)) return null;

  if (ipaddr.isValidCIDR(host)) return host.includes('%') ? null : { kind: 'cidr', text, cidr: host, port };
  if (isIpv4Literal(host)) return { kind: 'cidr', text, cidr: `${host}/32`, port };
  if (ipaddr.IPv6.isValid(host)) return host.includes('%') ? null : { kind: 'cidr', text, cidr: `${host}/128`, port };
  const isNumberForm = /^(?:0x[0-9a-f]*|\d+)$/.test(host.slice(host.lastIndexOf('.') + 1));
  return NAME.test(host) && !isNumberForm ? { kind: 'name', text, name: host, port } : null;
}

function splitPort(text: string): { host: string; port: string | undefined } | null {
  const isBareV6 = !text.startsWith('[') && /:.*:/.test(text) && !text.includes('/');
  if (isBareV6) return { host: text, port: undefined };
  const match = /^\[(.+)\](?::(\d+))?$/.exec(text) ?? /^(.+\/\d+)(?::(\d+))?$/.exec(text) ?? /^([^:]+)(?::(\d+))?$/.exec(text);
  return match && { host: match[1]!, port: match[2] };
}

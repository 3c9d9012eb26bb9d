import ipaddr from 'ipaddr.js';
import { addressInCidr, classifyAddress, isIpv4Literal, normalizeAddress } from './egress-addresses.ts';

/** One entry of HOOKLINE_EGRESS_ALLOW; without a port it holds for every port that is open anyway. */
export type AllowEntry = { text: string; port: number | null } & ({ kind: 'name'; name: string } | { kind: 'cidr'; cidr: string });

export type EgressPolicy = {
  allowHttp: boolean;
  entries: readonly AllowEntry[];
  /** HOOKLINE_EGRESS_PERSONAL: whether the entries hold for webhooks of personal entities too. */
  personalMayUseEntries: boolean;
  /** The addresses of this machine's own interfaces: denied on every port, public ones too. */
  ownAddresses: () => readonly string[];
};

export type EgressRefusal = {
  kind: 'refused';
  code: 'invalid_url' | 'address_not_allowed';
  message: string;
  /** Names the address or range; for instance admins only. */
  adminMessage: string;
};
export type UrlVerdict = { kind: 'allowed'; url: URL; host: string; port: number } | EgressRefusal;
export type AddressVerdict = { kind: 'allowed' } | EgressRefusal;

const HIGHEST_CLOSED_PORT = 1023;
/** Above 1023: the Fetch standard's blocked ports, a second mail port and two stores that take text commands. */
const CLOSED_HIGH_PORTS: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 2525, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
]);

export const isOpenPort = (port: number) =>
  port === 80 || port === 443 || (port > HIGHEST_CLOSED_PORT && port <= 65_535 && !CLOSED_HIGH_PORTS.has(port));

/** Judges what can be told from the URL alone; its name is judged by `judgeAddresses` once it is resolved. Only the returned URL may be stored and used. */
export function judgeUrl(text: string, policy: EgressPolicy, { personal }: { personal: boolean }): UrlVerdict {
  const url = URL.parse(text);
  if (!url) return invalidUrl('This is not a URL. Give one like https://hooks.example.com/path.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return invalidUrl(`The URL must begin with https://; "${url.protocol}" is not supported.`);
  if (url.protocol === 'http:' && !policy.allowHttp)
    return invalidUrl('The URL must begin with https://. Plain http works only where an instance admin sets HOOKLINE_ALLOW_HTTP.');
  if (url.username || url.password)
    return invalidUrl('The URL must not hold a user name or password. Put credentials into an access token instead.');
  url.hash = '';

  const host = hostOf(url);
  if (!host) return invalidUrl('The URL needs a host name.');
  if (host.includes(':') || isIpv4Literal(host))
    return refused(
      'The URL must name a host: literal IP addresses are not allowed.',
      `${host} is a literal IP address. Give the host a name and list that in HOOKLINE_EGRESS_ALLOW where it is private.`,
    );
  if (host === 'localhost')
    return refused(
      'The host "localhost" is not allowed.',
      'The host "localhost" is not allowed, not even by HOOKLINE_EGRESS_ALLOW. Give the host a name of its own and list that.',
    );

  const port = portOf(url);
  const opensPort = (entry: AllowEntry) => entry.port === port && (entry.kind === 'cidr' || entry.name === host);
  if (!isOpenPort(port) && !(port > 0 && entriesFor(policy, personal).some(opensPort))) return closedPort(port);
  return { kind: 'allowed', url, host, port };
}

/** Every address a name resolves to must be allowed: one that is not refuses the name, so that an attacker's mixed answer never works by luck. */
export function judgeAddresses(
  host: string,
  port: number,
  addresses: readonly string[],
  policy: EgressPolicy,
  { personal }: { personal: boolean },
): AddressVerdict {
  const entries = entriesFor(policy, personal).filter((entry) => entry.port === null || entry.port === port);
  const named = entries.filter((entry) => entry.kind === 'name' && entry.name === host);
  const own = new Set(policy.ownAddresses().map(normalizeAddress));

  for (const address of addresses) {
    const covering = [...named, ...entries.filter((entry) => entry.kind === 'cidr' && addressInCidr(address, entry.cidr))];
    if (!isOpenPort(port) && !covering.some((entry) => entry.port === port)) return closedPort(port);

    const found = classifyAddress(address);
    if (!found.public && found.metadata) {
      if (covering.some((entry) => isExactly(entry, address))) continue;
      return notAllowed(host, address, 'cloud metadata: it needs an entry of its own in HOOKLINE_EGRESS_ALLOW');
    }
    if (covering.length > 0) continue;
    if (!found.public) return notAllowed(host, address, found.purpose);
    if (own.has(normalizeAddress(address))) return notAllowed(host, address, 'an address of this machine');
  }
  return { kind: 'allowed' };
}

/** The host as judged and resolved: brackets and the trailing dot removed. */
export const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

export const portOf = (url: URL) => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port));

function entriesFor(policy: EgressPolicy, personal: boolean): readonly AllowEntry[] {
  return personal && !policy.personalMayUseEntries ? [] : policy.entries;
}

function isExactly(entry: AllowEntry, address: string): boolean {
  if (entry.kind !== 'cidr') return false;
  const [base, prefix] = ipaddr.parseCIDR(entry.cidr);
  return prefix === (base.kind() === 'ipv4' ? 32 : 128) && base.toNormalizedString() === normalizeAddress(address);
}

const invalidUrl = (message: string): EgressRefusal => ({ kind: 'refused', code: 'invalid_url', message, adminMessage: message });
const refused = (message: string, adminMessage: string): EgressRefusal => ({
  kind: 'refused',
  code: 'address_not_allowed',
  message,
  adminMessage,
});
const closedPort = (port: number) =>
  refused(
    `Port ${port} is not allowed. Use 80, 443 or a port from 1024 on.`,
    `Port ${port} is not allowed. Use 80, 443 or a port from 1024 on, or list the host with this port in HOOKLINE_EGRESS_ALLOW.`,
  );
const notAllowed = (host: string, address: string, purpose: string) =>
  refused(`${host} resolves to an address that is not allowed.`, `${host} resolves to ${address}, which is not allowed (${purpose}).`);

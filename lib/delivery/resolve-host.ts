import { Resolver } from 'node:dns/promises';
import { normalizeAddress } from './egress-addresses.ts';
import { createHostsFile } from './hosts-file.ts';

export type Resolution =
  | { kind: 'resolved'; addresses: readonly string[] }
  | { kind: 'failed'; code: 'name_not_found' | 'dns_failed' | 'dns_timeout' };

export type HostResolver = {
  /** All IPv4 and IPv6 addresses of a name, IPv4 first; never longer than `timeoutMs`. */
  resolve(host: string, timeoutMs?: number): Promise<Resolution>;
  close(): void;
};

export type ResolverOptions = {
  /** HOOKLINE_DNS_SERVERS; the system's where absent. */
  servers?: readonly string[];
  /** Names of this process alone, before the hosts file and DNS (the demo's receiver). */
  names?: Readonly<Record<string, readonly string[]>>;
  hostsFilePath?: string;
  /** How long the second family may lag behind the first. */
  graceMs?: number;
};

const RESOLVE_TIMEOUT_MS = 5000;
const MAX_ALIASES = 8;
const SYSTEM_HOSTS_FILE = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';
/** No such name, or a name without addresses of that family. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA', 'ENONAME', 'EBADNAME', 'EBADQUERY']);

type Answer = { addresses: string[]; error: string | null };

/**
 * Hosts file first, then DNS by c-ares. Never `dns.lookup`: it runs on libuv's four threads, which four slow names hold for everybody.
 * Search domains are not applied, so that `metadata` is not `metadata.internal.example`.
 */
export function createHostResolver(options: ResolverOptions = {}): HostResolver {
  const dns = new Resolver({ timeout: 2000, tries: 2 });
  if (options.servers?.length) dns.setServers([...options.servers]);
  const lookUpHosts = createHostsFile(options.hostsFilePath ?? SYSTEM_HOSTS_FILE);
  const graceMs = options.graceMs ?? 1000;
  const asked = new Map<string, Promise<Resolution>>();

  async function queryDns(host: string, aliasesLeft = MAX_ALIASES): Promise<Resolution> {
    const [v4, v6] = await bothFamilies(answerOf(dns.resolve4(host)), answerOf(dns.resolve6(host)), graceMs);
    const addresses = [...(v4?.addresses ?? []), ...(v6?.addresses ?? [])].filter((address) => normalizeAddress(address) !== null);
    if (addresses.length > 0) return { kind: 'resolved', addresses };

    const errors = [v4?.error, v6?.error].filter((error) => typeof error === 'string');
    const failure = errors.find((error) => !NOTHING_THERE.has(error));
    if (failure) return { kind: 'failed', code: failure === 'ETIMEOUT' ? 'dns_timeout' : 'dns_failed' };
    if (!errors.includes('ENOTFOUND') && aliasesLeft > 0) {
      // The name exists. Recursive servers follow aliases themselves; a plain one answers with the alias alone.
      const alias = await dns.resolveCname(host).catch(() => []);
      if (alias[0]) return queryDns(alias[0], aliasesLeft - 1);
    }
    return { kind: 'failed', code: 'name_not_found' };
  }

  async function find(host: string): Promise<Resolution> {
    const own = options.names?.[host] ?? (await lookUpHosts(host));
    if (own.length > 0) return { kind: 'resolved', addresses: own };
    if (normalizeAddress(host) !== null) return { kind: 'resolved', addresses: [host] };
    if (host === 'localhost' || host.endsWith('.localhost')) return { kind: 'resolved', addresses: ['127.0.0.1'] }; // RFC 6761, 6.3: never asked of a server
    return queryDns(host);
  }

  /** Those who ask while a question is on its way share the answer: a burst to one receiver is one look-up. */
  function findOnce(host: string): Promise<Resolution> {
    const known = asked.get(host);
    if (known) return known;
    const answer = find(host).finally(() => asked.delete(host));
    asked.set(host, answer);
    return answer;
  }

  return {
    resolve: (host, timeoutMs = RESOLVE_TIMEOUT_MS) =>
      within(findOnce(host), Math.min(timeoutMs, RESOLVE_TIMEOUT_MS), { kind: 'failed', code: 'dns_timeout' }),
    close: () => dns.cancel(),
  };
}

export type ParsedDnsServers = { kind: 'parsed'; servers: string[] } | { kind: 'problem'; message: string };

/** Reads HOOKLINE_DNS_SERVERS: addresses, each with an optional port, separated by commas or spaces. */
export function parseDnsServers(text: string): ParsedDnsServers {
  const servers = text.split(/[\s,]+/).filter(Boolean);
  try {
    new Resolver().setServers(servers);
    return { kind: 'parsed', servers };
  } catch {
    return {
      kind: 'problem',
      message: 'HOOKLINE_DNS_SERVERS: give IP addresses, each with an optional port, such as 10.0.0.2,[fd00::1]:53.',
    };
  }
}

async function answerOf(query: Promise<string[]>): Promise<Answer> {
  try {
    return { addresses: await query, error: null };
  } catch (error) {
    return { addresses: [], error: (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN' };
  }
}

/** Both answers, or the one that has addresses once the other lags too far: some servers drop AAAA questions. Only what is here is judged and dialled. */
async function bothFamilies(v4: Promise<Answer>, v6: Promise<Answer>, graceMs: number): Promise<[Answer | null, Answer | null]> {
  const [first, other] = await Promise.race([v4.then((answer) => [answer, v6] as const), v6.then((answer) => [answer, v4] as const)]);
  const second = first.addresses.length > 0 ? await within(other, graceMs, null) : await other;
  return other === v6 ? [first, second] : [second, first];
}

async function within<T, Late>(promise: Promise<T>, timeoutMs: number, late: Late): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Late>((settle) => {
    timer = setTimeout(settle, timeoutMs, late);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

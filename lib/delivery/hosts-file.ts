import { readFile, stat } from 'node:fs/promises';
import { normalizeAddress } from './egress-addresses.ts';

export type HostsFile = (name: string) => Promise<readonly string[]>;

/** Looks names up in the system's hosts file, read again when it has changed; a missing file holds no names. */
export function createHostsFile(path: string): HostsFile {
  let version = '';
  let names = new Map<string, string[]>();
  return async (name) => {
    const found = await stat(path).catch(() => null);
    const current = found ? `${found.mtimeMs} ${found.size}` : '';
    if (current !== version) {
      names = parseHosts(found ? await readFile(path, 'utf8') : '');
      version = current;
    }
    return names.get(name.toLowerCase()) ?? [];
  };
}

/** Addresses by folded name; lines that say something else are passed over. */
export function parseHosts(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address, ...hosts] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!address || !normalizeAddress(address)) continue;
    for (const host of hosts) names.set(host.toLowerCase(), [...(names.get(host.toLowerCase()) ?? []), address]);
  }
  return names;
}

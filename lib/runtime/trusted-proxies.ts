import ipaddr from 'ipaddr.js';

export type AddressRange = ReturnType<typeof ipaddr.parseCIDR>;

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** Reads HOOKLINE_TRUST_PROXY: addresses, CIDRs and "loopback"; an entry that is none of them is answered as it stands. */
export function parseProxies(entries: readonly string[]): { ranges: AddressRange[]; refused?: string } {
  const ranges: AddressRange[] = [];
  for (const entry of entries) {
    const parts = entry === 'loopback' ? LOOPBACK : [entry];
    try {
      ranges.push(...parts.map(parseRange));
    } catch {
      return { ranges, refused: entry };
    }
  }
  return { ranges };
}

const parseRange = (text: string): AddressRange =>
  text.includes('/') ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), text.includes(':') ? 128 : 32];

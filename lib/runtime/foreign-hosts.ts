import type { Log } from './log.ts';

const REMEMBERED = 10;
const QUIET_MS = 3_600_000;

export interface ForeignHosts {
  /** Of a request; one other than the public URL's is logged once an hour. */
  note(host: string | undefined): void;
  /** Hosts of the last hour that are not the public URL's, newest first: for the admins' banner. */
  recent(): string[];
}

/** Someone who reaches us under another name gets links and cookies for the public URL: worth telling the admins. */
export function watchHosts(publicUrl: string, now: () => number, log: Log): ForeignHosts {
  const expected = new URL(publicUrl).host;
  const seen = new Map<string, number>();
  return {
    note(host) {
      if (host === undefined || host.toLowerCase() === expected) return;
      const before = seen.get(host);
      if (before !== undefined && now() - before <= QUIET_MS) return;
      log.warn({ host, publicUrl }, 'request under a host other than that of HOOKLINE_PUBLIC_URL');
      seen.delete(host);
      seen.set(host, now());
      if (seen.size > REMEMBERED) seen.delete(seen.keys().next().value!);
    },
    recent: () =>
      [...seen]
        .filter(([, at]) => now() - at <= QUIET_MS)
        .map(([host]) => host)
        .reverse(),
  };
}

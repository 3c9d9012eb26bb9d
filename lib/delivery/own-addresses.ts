import { networkInterfaces } from 'node:os';

const FRESH_MS = 10_000;

/** Reads this machine's interface addresses, at most every ten seconds: the read costs more than a judgement. */
export function createOwnAddresses(now: () => number): () => readonly string[] {
  let readAt = Number.NEGATIVE_INFINITY;
  let addresses: string[] = [];
  return () => {
    if (now() - readAt >= FRESH_MS) {
      readAt = now();
      addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address.replace(/%.*$/, '')));
    }
    return addresses;
  };
}

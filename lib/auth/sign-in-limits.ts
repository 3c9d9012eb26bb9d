import { limited } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { returnCount, takeCount } from '#lib/store/rate-counts.ts';

const WINDOW_MS = 60_000;
const PER_ACCOUNT = 5;
const PER_ADDRESS = 30;

/**
 * Counts the attempt as a failure before it is made, so that many at once cannot slip through, and answers how to take
 * it back after a success. Throws `limited` when the account or the address has had its failures for this minute.
 */
export async function takeSignInAttempt(db: Db, account: string, address: string | null, now: number): Promise<() => Promise<void>> {
  // The address first: one that is closed already must not use up other people's accounts.
  const subjects = [
    ...(address ? [{ subject: `sign-in:address:${address}`, limit: PER_ADDRESS }] : []),
    { subject: `sign-in:account:${account}`, limit: PER_ACCOUNT },
  ];
  for (const { subject, limit } of subjects) {
    const { allowed, retryAfterMs } = await takeCount(db, subject, limit, WINDOW_MS, now);
    if (!allowed) {
      const seconds = Math.ceil(retryAfterMs / 1000);
      throw limited(`Too many failed sign-ins. Try again in ${seconds} seconds.`, seconds);
    }
  }
  return async () => {
    for (const { subject } of subjects) await returnCount(db, subject);
  };
}

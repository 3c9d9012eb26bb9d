import { createHmac, timingSafeEqual } from 'node:crypto';

/** Printed by the start, asked for by the first setup. From the instance's key, so that every process knows the same one. */
export const setupTokenOf = (sessionKey: Buffer) => createHmac('sha256', sessionKey).update('hookline/setup').digest('base64url');

export function isSetupToken(given: string | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

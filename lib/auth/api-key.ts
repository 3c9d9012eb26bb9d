import { createHash, hash, randomBytes } from 'node:crypto';

/** 40 lower-case hex characters: the form that the client's own check accepts. */
export const newApiKey = () => randomBytes(20).toString('hex');
export const API_KEY_PREFIX_LENGTH = 6;

const LOCAL = /^local-([0-9a-f]{40})$/;

/** The client writes `local-` before keys of self-hosted servers; both forms are one key. */
export const bareApiKey = (key: string) => LOCAL.exec(key)?.[1] ?? key;

export const hashApiKey = (key: string) => hash('sha256', bareApiKey(key));

/** Links for invites and password resets: 32 random bytes, of which the store keeps only the hash. */
export const newLinkToken = () => randomBytes(32).toString('base64url');
export const hashLinkToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** The key of `Bearer <key>` or `Basic base64("api:" + key)`; null for anything else. */
export function apiKeyOf(authorization: string): string | null {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer') return value || null;
  if (scheme.toLowerCase() !== 'basic') return null;
  const [user, ...key] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return user === 'api' ? key.join(':') || null : null;
}

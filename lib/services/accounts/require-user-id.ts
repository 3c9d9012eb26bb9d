import type { Actor } from '#lib/domain/permissions.ts';
import { unauthenticated } from '#lib/errors.ts';

/** The user that a session or key belongs to. */
export function requireUserId(actor: Actor): number {
  if (!('userId' in actor)) throw unauthenticated();
  return actor.userId;
}

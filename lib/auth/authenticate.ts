import type { Actor } from '#lib/domain/permissions.ts';
import { unauthenticated } from '#lib/errors.ts';
import type { Accounts } from './accounts.ts';
import { apiKeyOf } from './api-key.ts';

/** What a caller shows. A cookie beside an Authorization header is not looked at. */
export type Credentials = { authorization: string | undefined; cookie: string | undefined };

/** Who asks. A wrong key is refused, never taken for nobody; no key and no live session is anonymous. */
export async function authenticate(accounts: Accounts, { authorization, cookie }: Credentials): Promise<Actor> {
  if (authorization !== undefined) {
    const key = apiKeyOf(authorization);
    const actor = key && (await accounts.keys.actorOf(key));
    if (!actor) throw unauthenticated('The API key is not valid. It may have been removed: make another in your settings.');
    return actor;
  }
  return (cookie && (await accounts.sessionActor(cookie))) || { kind: 'anonymous' };
}

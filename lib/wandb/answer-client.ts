import type { Actor } from '#lib/domain/permissions.ts';
import { isAppError, unauthenticated } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import type { ClientRequest, ClientResponse } from './client-request.ts';
import { jsonAnswer, refusalAnswer } from './graphql-errors.ts';

export interface ClientParts {
  /** Who shows this Authorization header; throws `unauthenticated` for a key that is not valid. Cookies never count here. */
  authenticate(authorization: string): Promise<Actor>;
  contextFor(actor: Actor, request: ClientRequest): Context;
  logError(error: unknown, requestId: string): void;
}

/**
 * Takes POST with a key. What the caller did is refused by its code, a fault of ours is logged and answered 500; to the client
 * 200 is success, and every other status is final or says when to come again.
 */
export function answerClient(
  { authenticate, contextFor, logError }: ClientParts,
  postWords: string,
  answer: (request: ClientRequest, context: Context) => Promise<ClientResponse>,
) {
  return async (request: ClientRequest): Promise<ClientResponse> => {
    if (request.method !== 'POST') return jsonAnswer(405, { errors: [{ message: postWords }] }, { allow: 'POST' });
    try {
      const { authorization } = request.headers;
      if (authorization === undefined) throw unauthenticated('Send an API key: set WANDB_API_KEY, or run "wandb login".');
      return await answer(request, contextFor(await authenticate(authorization), request));
    } catch (error) {
      if (!isAppError(error)) logError(error, request.requestId);
      const refusal = toRefusal(error);
      if (isAppError(refusal)) return refusalAnswer(refusal);
      return jsonAnswer(500, { errors: [{ message: `Something went wrong on our side (${request.requestId}).` }] });
    }
  };
}

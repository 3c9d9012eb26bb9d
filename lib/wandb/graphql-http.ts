import { execute } from 'graphql';
import type { Actor } from '#lib/domain/permissions.ts';
import { invalid, isAppError, unauthenticated } from '#lib/errors.ts';
import type { Context } from '#lib/services/context.ts';
import { toRefusal } from '#lib/services/refusal.ts';
import type { ClientRequest, ClientResponse } from './client-request.ts';
import { createSchema } from './create-schema.ts';
import { parseGraphqlBody } from './graphql-body.ts';
import { documentAnswer, jsonAnswer, refusalAnswer, resultAnswer } from './graphql-errors.ts';
import { createPreparedDocuments, refusedVariables } from './prepared-documents.ts';
import type { WandbContext } from './resolver.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_MS = 10_000;

export interface GraphqlParts {
  /** Who shows this Authorization header; throws `unauthenticated` for a key that is not valid. Cookies never count here. */
  authenticate(authorization: string): Promise<Actor>;
  contextFor(actor: Actor, request: ClientRequest): Context;
  logError(error: unknown, requestId: string): void;
}

/** GraphQL as the client speaks it: 200 is success, every other status is final or says when to come again. */
export function createGraphql({ authenticate, contextFor, logError }: GraphqlParts) {
  const schema = createSchema();
  const prepare = createPreparedDocuments(schema);

  const answer = async (request: ClientRequest): Promise<ClientResponse> => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw unauthenticated('Send an API key: set WANDB_API_KEY, or run "wandb login".');
    const actor = await authenticate(authorization);
    const { query, variables, operationName } = parseGraphqlBody(await request.readBody(MAX_BODY_BYTES));
    const prepared = prepare(query);
    if (prepared.kind === 'refused') return documentAnswer(prepared.errors);
    const refused = refusedVariables(prepared.cost, variables);
    if (refused !== null) return documentAnswer([{ message: refused }]);

    const time = limitTime();
    const contextValue: WandbContext = { ...contextFor(actor, request), requireTime: time.require };
    const { document } = prepared;
    const running = execute({ schema, document, contextValue, variableValues: variables, operationName: operationName ?? null });
    const result = running instanceof Promise ? await Promise.race([running, time.over]) : running;
    time.stop();
    return resultAnswer(result, request.requestId, (error) => logError(error, request.requestId));
  };

  return async (request: ClientRequest): Promise<ClientResponse> => {
    if (request.method !== 'POST') return jsonAnswer(405, { errors: [{ message: 'Send GraphQL with POST.' }] }, { allow: 'POST' });
    try {
      return await answer(request);
    } catch (error) {
      if (!isAppError(error)) logError(error, request.requestId);
      const refusal = toRefusal(error);
      if (isAppError(refusal)) return refusalAnswer(refusal);
      return jsonAnswer(500, { errors: [{ message: `Something went wrong on our side (${request.requestId}).` }] });
    }
  };
}

function limitTime() {
  const tooLong = () => invalid(`This took longer than ${MAX_MS / 1000} s. Ask for less at once.`); // made when needed: its stack costs 20 µs
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => {});
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    reject(tooLong());
  }, MAX_MS);
  return {
    over,
    stop: () => clearTimeout(timer),
    require: () => {
      if (isOver) throw tooLong();
    },
  };
}

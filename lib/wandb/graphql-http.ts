import { execute } from 'graphql';
import { invalid } from '#lib/errors.ts';
import { answerClient, type ClientParts } from './answer-client.ts';
import { createSchema } from './create-schema.ts';
import { parseGraphqlBody } from './graphql-body.ts';
import { documentAnswer, resultAnswer } from './graphql-errors.ts';
import { createLineReads } from './line-reads.ts';
import { createPreparedDocuments, refusedVariables } from './prepared-documents.ts';
import type { WandbContext } from './resolver.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_MS = 10_000;

/** GraphQL as the client speaks it. */
export function createGraphql(parts: ClientParts) {
  const schema = createSchema();
  const prepare = createPreparedDocuments(schema);

  return answerClient(parts, 'Send GraphQL with POST.', async (request, context) => {
    const { query, variables, operationName } = parseGraphqlBody(await request.readBody(MAX_BODY_BYTES));
    const prepared = prepare(query);
    if (prepared.kind === 'refused') return documentAnswer(prepared.errors);
    const refused = refusedVariables(prepared.cost, variables);
    if (refused !== null) return documentAnswer([{ message: refused }]);

    const time = limitTime();
    const contextValue: WandbContext = { ...context, requireTime: time.require, readLines: createLineReads(time.require) };
    const { document } = prepared;
    const running = execute({ schema, document, contextValue, variableValues: variables, operationName: operationName ?? null });
    const result = running instanceof Promise ? await Promise.race([running, time.over]) : running;
    time.stop();
    return resultAnswer(result, request.requestId, (error) => parts.logError(error, request.requestId));
  });
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

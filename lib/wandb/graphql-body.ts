import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { invalid } from '#lib/errors.ts';
import { parseLooseJson } from './loose-json.ts';

export interface GraphqlBody {
  query: string;
  variables: JsonObject;
  /** Undefined where the client sends none, or the empty text of its public API. */
  operationName: string | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws `invalid` for what is no GraphQL request. */
export function parseGraphqlBody(bytes: Uint8Array): GraphqlBody {
  const body = parse(bytes);
  if (!isJsonObject(body) || typeof body.query !== 'string') {
    throw invalid('Send a JSON object with the GraphQL document as text under "query".');
  }
  const { variables = null, operationName = null } = body;
  if (variables !== null && !isJsonObject(variables)) throw invalid('"variables" must be a JSON object.');
  if (operationName !== null && typeof operationName !== 'string') throw invalid('"operationName" must be text.');
  return { query: body.query, variables: variables ?? {}, operationName: operationName || undefined };
}

function parse(bytes: Uint8Array): JsonValue {
  try {
    return parseLooseJson(utf8.decode(bytes));
  } catch {
    throw invalid('The body is not valid JSON in UTF-8.');
  }
}

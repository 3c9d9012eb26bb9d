import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { isOperators } from '#lib/domain/query-filter.ts';
import { QUERY_OPERATORS } from '#lib/domain/query-operators.ts';
import { invalid } from '#lib/errors.ts';

const MAX_DEPTH = 32;

/** What a listing's entries may be asked for: by field, one value or several. */
export type Fields = Record<string, JsonValue | undefined>;

/**
 * Whether an entry matches the client's query over listings of registries, collections and versions. A field that the
 * listing does not have, or an operator that does not exist, is refused, never ignored.
 */
export function matchesListing(query: JsonObject, fields: Fields, depth = 0): boolean {
  if (depth > MAX_DEPTH) throw invalid(`A filter is at most ${MAX_DEPTH} levels deep.`);
  const matches = (part: JsonValue) => matchesListing(requireObject(part), fields, depth + 1);
  return Object.entries(query).every(([key, value]) => {
    if (key === '$and') return requireList(key, value).every(matches);
    if (key === '$or') return requireList(key, value).some(matches);
    if (key === '$nor') return !requireList(key, value).some(matches);
    if (key === '$not') return !matches(value);
    const [name, ...path] = key.split('.');
    if (!Object.hasOwn(fields, name!)) {
      throw invalid(`A list here cannot be filtered by "${key}". There are: ${Object.keys(fields).join(', ')}.`);
    }
    return holds(path.reduce<JsonValue | undefined>(inside, fields[name!]), value, key);
  });
}

const inside = (value: JsonValue | undefined, key: string) => (isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

function holds(found: JsonValue | undefined, condition: JsonValue, key: string): boolean {
  const operators: JsonObject = isOperators(condition) ? condition : { $eq: condition };
  return Object.entries(operators).every(([name, operand]) => {
    if (name === '$not') return !holds(found, operand, key);
    const operator = QUERY_OPERATORS[name];
    if (!operator) throw invalid(`A filter has no operator "${name}" (at "${key}").`);
    const refusal = operator.refuses(operand);
    if (refusal !== null) throw invalid(`${name} at "${key}": ${refusal}`);
    return operator.matches([found], operand);
  });
}

function requireObject(part: JsonValue): JsonObject {
  if (!isJsonObject(part)) throw invalid('A filter is an object of fields and operators.');
  return part;
}

function requireList(key: string, value: JsonValue): JsonValue[] {
  if (!Array.isArray(value)) throw invalid(`"${key}" takes a list.`);
  return value;
}

/** By one of the orders that a listing has, `+name` or `-name`. */
export function inOrder<Item>(
  items: readonly Item[],
  order: string | null | undefined,
  keys: Record<string, (item: Item) => string | number>,
  fallback: string,
): Item[] {
  const text = order || fallback;
  const name = text.replace(/^[+-]/, '');
  const keyOf = keys[name];
  if (!keyOf) throw invalid(`A list here cannot be ordered by "${name}". There are: ${Object.keys(keys).join(', ')}.`);
  const sign = text.startsWith('-') ? -1 : 1;
  return items.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    return x < y ? -sign : x > y ? sign : 0;
  });
}

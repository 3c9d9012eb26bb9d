import { isJsonObject } from './is-json-object.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { jsonEquals } from './json-equals.ts';

/** The client's Mongo-like language as texts of one meaning: what its own parser makes equal is equal here. */

/** What matches everything. */
export const MATCH_ALL: JsonObject = { $and: [] };

const LISTS = ['$and', '$or', '$nor'];

/**
 * Lists of one kind are flattened and one-element ones opened, as the client does when it saves; several keys are a
 * conjunction, a bare value is `$eq`, an empty object is no condition.
 */
export function normalForm(query: JsonValue): JsonValue {
  if (!isJsonObject(query)) return query;
  const entries = Object.entries(query);
  if (entries.length !== 1) return normalForm({ $and: entries.map(([key, value]) => ({ [key]: value })) });
  const [key, value] = entries[0]!;
  if (LISTS.includes(key) && Array.isArray(value)) return normalList(key, value);
  if (key === '$not') return normalNegation(normalForm(value));
  return { [key]: key.startsWith('$') || isJsonObject(value) ? value : { $eq: value } };
}

function normalList(key: string, parts: JsonValue[]): JsonValue {
  const inner = parts.flatMap((part) => {
    const normal = normalForm(part);
    if (key === '$and' && isMatchAll(normal)) return [];
    return isJsonObject(normal) && key !== '$nor' && Array.isArray(normal[key]) ? normal[key] : [normal];
  });
  return inner.length === 1 && key !== '$nor' ? inner[0]! : { [key]: inner };
}

function normalNegation(inner: JsonValue): JsonValue {
  if (isJsonObject(inner)) {
    if (isJsonObject(inner.$not)) return inner.$not;
    if (inner.$or !== undefined) return { $nor: inner.$or };
    if (inner.$nor !== undefined) return normalForm({ $or: inner.$nor });
  }
  return { $not: inner };
}

const isMatchAll = (normal: JsonValue) => isJsonObject(normal) && Array.isArray(normal.$and) && normal.$and.length === 0;

/** The conditions that must all hold; none for what matches everything. */
export function conjuncts(query: JsonValue): JsonValue[] {
  const normal = normalForm(query);
  return isJsonObject(normal) && Array.isArray(normal.$and) ? normal.$and : [normal];
}

export const sameQuery = (a: JsonValue, b: JsonValue) => jsonEquals(normalForm(a), normalForm(b));

/** `{ field: { operator: text } }` as its parts; null for any other condition. */
export function textCondition(condition: JsonValue): { field: string; operator: string; text: string } | null {
  if (!isJsonObject(condition)) return null;
  const [[field, operators] = ['', null], ...others] = Object.entries(condition);
  if (others.length > 0 || !isJsonObject(operators ?? null)) return null;
  const [[operator, text] = ['', null], ...more] = Object.entries(operators as JsonObject);
  return more.length === 0 && typeof text === 'string' && text !== '' ? { field, operator, text } : null;
}

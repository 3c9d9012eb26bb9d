import type { JsonValue } from './json.ts';

/** NUL has no place in PostgreSQL's text, half a surrogate pair none in UTF-8 or in an address. */
export const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

export const toStorable = (text: string) => (isStorable(text) ? text : text.toWellFormed().replaceAll('\0', '\uFFFD'));

const ESCAPES = /\\u(?:0000|d[89a-f])/i;

/** Whether a value parsed from this JSON is worth a search: escapes are the only way in. */
export const mayHoldUnstorable = (json: string) => ESCAPES.test(json);

/** Where the first text stands that cannot be stored; null where all can. */
export function findUnstorable(value: JsonValue, path: (string | number)[] = []): (string | number)[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const here = [...path, key];
    const found = typeof key === 'string' && !isStorable(key) ? here : findUnstorable(inner, here);
    if (found) return found;
  }
  return null;
}

/** The same value, with the replacement character for what cannot be stored. */
export function withStorableTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return toStorable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withStorableTexts);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [toStorable(key), withStorableTexts(inner)]));
}

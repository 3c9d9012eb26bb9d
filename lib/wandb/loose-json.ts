import type { JsonValue } from '#lib/domain/json.ts';

/** Texts are matched first, so that nothing inside one is taken for a number. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/** JSON as Python writes it: a bare NaN, Infinity or -Infinity becomes the text of that name. Throws SyntaxError for anything else. */
export function parseLooseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(TEXTS_AND_NUMBERS, (token) => (token.startsWith('"') ? token : `"${token}"`))) as JsonValue;
  }
}

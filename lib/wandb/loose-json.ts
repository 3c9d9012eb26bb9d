import { isDeeperThan, type JsonValue, MAX_JSON_DEPTH } from '#lib/domain/json.ts';
import { mayHoldUnstorable, withStorableTexts } from '#lib/domain/storable-text.ts';

/** Texts are matched first, so that nothing inside one is taken for a number. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * JSON as Python writes it: a bare NaN, Infinity or -Infinity becomes the text of that name. Throws SyntaxError for anything
 * else, and for what is nested too deep. What no store can hold is replaced, not refused: a run must not lose its other lines for one character.
 */
export function parseLooseJson(text: string): JsonValue {
  const value = parse(text);
  if (isDeeperThan(value, MAX_JSON_DEPTH)) throw new SyntaxError(`nested deeper than ${MAX_JSON_DEPTH} levels`);
  return mayHoldUnstorable(text) ? withStorableTexts(value) : value;
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(TEXTS_AND_NUMBERS, (token) => (token.startsWith('"') ? token : `"${token}"`))) as JsonValue;
  }
}

import { type JsonValue, MAX_JSON_DEPTH } from '#lib/domain/json.ts';
import { findUnstorable, isStorable, mayHoldUnstorable } from '#lib/domain/storable-text.ts';
import { invalid, invalidField } from '#lib/errors.ts';
import type { ApiRequest } from './request.ts';

export const DEFAULT_BODY_BYTES = 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as JSON; an empty one is `{}`, so that a route without required fields needs none. */
export async function readJson(request: ApiRequest, maxBytes: number): Promise<unknown> {
  const bytes = await request.readBody(maxBytes);
  if (bytes.length === 0) return {};
  const text = decode(bytes);
  requireDepth(text);
  const value = parse(text);
  const unstorable = mayHoldUnstorable(text) ? findUnstorable(value) : null;
  if (unstorable) throw unstorableAt(unstorable);
  return value;
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`The body is not valid JSON: ${(error as Error).message}`);
  }
}

const unstorableAt = (path: (string | number)[]) =>
  invalidField(path, 'This text holds a NUL character or half a character (a lone surrogate). Remove it.');

/** `?a=1&b=x&b=y` → `{ a: '1', b: ['x', 'y'] }` */
export function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(search)) {
    if (!isStorable(value)) throw unstorableAt([name]);
    const before = query[name];
    query[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return { ...query };
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalid('The body is not UTF-8 text.');
  }
}

/** Before parsing: what recurses over the value later must not be led arbitrarily deep. */
function requireDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) throw invalid(`The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

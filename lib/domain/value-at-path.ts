import { isJsonObject } from './is-json-object.ts';
import type { JsonValue } from './json.ts';

/** The value under a dotted path, own properties only; a literal key that contains the dots wins over the nested one. */
export function valueAtPath(value: JsonValue | undefined, path: string): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(value, key)) continue;
    const found = valueAtPath(value[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

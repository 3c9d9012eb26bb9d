import type { JsonValue } from './json.ts';

const isObject = (value: JsonValue | undefined): value is Record<string, JsonValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value under a dotted path, own properties only; a literal key that contains the dots wins over the nested one. */
export function valueAtPath(value: JsonValue | undefined, path: string): JsonValue | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(value, key)) continue;
    const found = valueAtPath(value[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

import { z } from 'zod';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Deeper values are refused wherever they come in: what walks through them may recurse. */
export const MAX_JSON_DEPTH = 64;

/** Whether lists and objects stand in each other more than this many levels deep. */
export function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((inner) => isDeeperThan(inner, levels - 1));
  for (const key in value) if (isDeeperThan(value[key]!, levels - 1)) return true;
  return false;
}

/** Any JSON value. */
export const Json: z.ZodType<JsonValue, JsonValue> = z.json();

import type { JsonObject, JsonValue } from './json.ts';

/** Whether a JSON value is an object, not a list and not null. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

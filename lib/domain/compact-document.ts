import type { AutomationDocument } from './automation.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { DEFAULT_DELAYS_SECONDS } from './retry.ts';

const KEYS = [
  'name',
  'description',
  'enabled',
  'scope',
  'on',
  'filter',
  'action',
  'team',
  'cooldownSeconds',
  'maxFiringsPerMinute',
  'retry',
] as const;

const DEFAULTS: Partial<Record<(typeof KEYS)[number], string>> = {
  description: '""',
  filter: '{}',
  cooldownSeconds: '0',
  maxFiringsPerMinute: '60',
  retry: JSON.stringify({ delaysSeconds: DEFAULT_DELAYS_SECONDS }),
};

/** A document in the order of its description, without what is as it would be anyway. */
export function compactDocument(document: AutomationDocument): JsonObject {
  const compact: JsonObject = {};
  for (const key of KEYS) {
    const value = document[key];
    if (value !== undefined && JSON.stringify(value) !== DEFAULTS[key]) compact[key] = value as JsonValue;
  }
  return compact;
}

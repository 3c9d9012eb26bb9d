import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { invalid } from '#lib/errors.ts';
import { parseLooseJson } from './loose-json.ts';

/** Under this key the client keeps what is its own: versions, telemetry, metric definitions. */
const OWN = '_wandb';

function parseObject(name: string, text: string): JsonObject {
  let parsed: JsonValue;
  try {
    parsed = parseLooseJson(text);
  } catch {
    throw invalid(`"${name}" is not JSON.`);
  }
  if (!isJsonObject(parsed)) throw invalid(`"${name}" is not a JSON object.`);
  return parsed;
}

/** `{"lr": {"value": 0.1}, "_wandb": {"value": …}}` as the client writes it: the user's keys, and its own apart. */
export function parseConfig(text: string): { config: JsonObject; own: JsonObject | undefined } {
  const config: JsonObject = {};
  let own: JsonObject | undefined;
  for (const [key, wrapped] of Object.entries(parseObject('config', text))) {
    const value = isJsonObject(wrapped) && 'value' in wrapped ? wrapped.value! : wrapped;
    if (key === OWN) own = isJsonObject(value) ? value : {};
    else config[key] = value;
  }
  return { config, own };
}

export function configText(config: JsonObject, own: JsonObject | undefined): string {
  const wrapped: JsonObject = {};
  for (const [key, value] of Object.entries(config)) wrapped[key] = { value };
  if (own) wrapped[OWN] = { value: own };
  return JSON.stringify(wrapped);
}

/** Only some of the client's own keys, as a resuming client asks for them; null for a run that no client made. */
export function ownText(own: JsonObject | undefined, keys: readonly string[] | null | undefined): string | null {
  if (!own) return null;
  return JSON.stringify(keys ? Object.fromEntries(Object.entries(own).filter(([key]) => keys.includes(key))) : own);
}

export const parseSummary = (text: string): JsonObject => parseObject('summaryMetrics', text);

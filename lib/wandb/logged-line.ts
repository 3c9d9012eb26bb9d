import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { flattenMetrics, isMetricValue, toMetricValue } from '#lib/domain/metric-values.ts';
import type { LoggedLine } from '#lib/domain/run-stream.ts';
import { parseLooseJson } from './loose-json.ts';

type Json = Record<string, JsonValue>;

/** The client's own clocks, beside what the user logged. */
const CLOCKS = new Set(['_runtime', '_timestamp']);
/** Under this key stands the text of a line that is no JSON object. */
const UNREADABLE = '_unreadable';

/** A line of the history file. A line without a step follows the one before it. */
export function parseHistoryLine(text: string, previousStep: number): LoggedLine {
  const logged = parseLoggedObject(text);
  const step = typeof logged._step === 'number' ? logged._step : previousStep + 1;
  return toLoggedLine(logged, step, '_step');
}

/** A line of the system metrics' file: its step is the run's second. */
export function parseEventsLine(text: string, previousStep: number): LoggedLine {
  const logged = parseLoggedObject(text);
  const step = typeof logged._runtime === 'number' && Number.isFinite(logged._runtime) ? Math.round(logged._runtime) : previousStep + 1;
  return toLoggedLine(logged, step, '_wandb');
}

/** What was logged; text that is no JSON object is kept as it came. */
export function parseLoggedObject(text: string): Json {
  try {
    const logged = parseLooseJson(text);
    if (isJsonObject(logged)) return logged;
  } catch {
    // Refused, the run would lose everything that it logs afterwards.
  }
  return { [UNREADABLE]: text };
}

/** One pass and plain objects: lines of a run share their keys, and the engine makes use of that. */
function toLoggedLine(logged: Json, step: number, ignored: string): LoggedLine {
  const line: LoggedLine = { step, values: {} };
  let nested: Json | undefined;
  for (const key in logged) {
    const value = logged[key]!;
    if (key === ignored) continue;
    if (typeof value === 'number') {
      if (CLOCKS.has(key)) line.clocks = put(line.clocks, key, value);
      else line.values[key] = toMetricValue(value);
    } else if (isMetricValue(value)) line.values[key] = value;
    else {
      line.others = put(line.others, key, value);
      if (typeof value === 'object' && value !== null && !isMedia(value)) nested = put<JsonValue>(nested, key, value);
    }
  }
  if (nested) {
    const inner = flattenMetrics(nested);
    for (const name in inner) if (!Object.hasOwn(logged, name)) line.values[name] = inner[name]!;
  }
  return line;
}

/** The same object with one key more; made with its first. */
function put<Value>(object: Record<string, Value> | undefined, key: string, value: Value): Record<string, Value> {
  if (!object) return { [key]: value };
  object[key] = value;
  return object;
}

/** Images, tables and the like are described by objects with a type; the numbers in them are no metrics. */
const isMedia = (value: JsonValue) => isJsonObject(value) && typeof value._type === 'string';

/** The line as the client gets it back: what was logged, with its step. */
export function toLoggedObject({ step, values, others = {} }: LoggedLine, stepKey: '_step' | null): Json {
  const logged: Json = stepKey ? { [stepKey]: step } : {};
  for (const name in values) if (!standsInside(others, name, values[name]!)) logged[name] = values[name]!;
  return Object.assign(logged, others);
}

/** Whether a dotted metric is the value of a nested object that comes back as it was. */
function standsInside(others: Json, name: string, value: JsonValue): boolean {
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const inner = others[name.slice(0, dot)];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue;
    const found = flattenMetrics(inner as Json)[name.slice(dot + 1)];
    if (found !== undefined && found === (typeof value === 'number' ? toMetricValue(value) : value)) return true;
  }
  return false;
}

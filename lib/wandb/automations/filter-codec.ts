import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { Filter, type MetricChange, type RunFilter } from '#lib/domain/filter.ts';
import { isJsonObject } from '#lib/domain/is-json-object.ts';
import type { JsonObject, JsonValue } from '#lib/domain/json.ts';
import { jsonEquals } from '#lib/domain/json-equals.ts';
import { parseInput } from '#lib/domain/parse-input.ts';
import { priorWindowOf } from '#lib/domain/prior-window.ts';
import { conjuncts, MATCH_ALL, normalForm, sameQuery, textCondition } from '#lib/domain/query-form.ts';
import { invalid } from '#lib/errors.ts';
import { ruleCodecOf, sorted } from './rule-codec.ts';

/**
 * A filter as the client writes and reads it. What it has no words for travels as one more condition, which it keeps and
 * sends back: the whole filter as JSON under this name. It is taken off again on the way in and never stored.
 */
const MEANING = 'hookline';

/** A filter in the client's parts: a run event's rule, and conditions in its query language. */
type Wire = { rule: JsonObject | null; conditions: JsonValue };

/** The text that the client sends as eventFilter when it creates this. */
export function encodeFilter(on: AutomationEvent, filter: Filter): string {
  return JSON.stringify(toJson(on, encode(on, filter)));
}

/** The text that the client reads of a saved automation; conditions of artifact events are wrapped once more there. */
export function encodeSavedFilter(on: AutomationEvent, filter: Filter): string {
  const text = encodeFilter(on, filter);
  return ruleCodecOf(on) ? text : JSON.stringify({ filter: text });
}

/** Throws `invalid`, naming what cannot be read. */
export function decodeFilter(on: AutomationEvent, text: string): Filter {
  const wire = toWire(on, parseObject(text, 'eventFilter'));
  const { meaning, rest } = takeMeaning(wire.conditions);
  if (meaning === null) return decodePlain(on, wire);
  const filter = parseInput(Filter, meaning);
  const plain = encodePlain(on, filter);
  if (jsonEquals(plain.rule, wire.rule) && sameQuery(plain.conditions, rest)) return filter;
  throw invalid(
    'This automation has conditions that the client cannot express, and what it sent changes only a part of them. ' +
      'Change it in the dashboard, or give the automation a whole new event.',
  );
}

/** What the client sends of a run event whose filter it could not read: its rule is missing, without the user's doing. */
export function isWithoutRule(on: AutomationEvent, text: string): boolean {
  const codec = ruleCodecOf(on);
  return codec !== null && parseObject(text, 'eventFilter')[codec.path[0]] === undefined;
}

/** Whether two filters of an event mean the same, however they are written. */
export function sameFilter(a: Filter, b: Filter): boolean {
  return jsonEquals(canonical(a), canonical(b));
}

function canonical(filter: Filter): JsonValue {
  const { change, states, query, run, ...rest } = filter;
  const same = {
    ...rest,
    ...(change && { change: { ...change, priorWindow: priorWindowOf(change as MetricChange) } }),
    ...(states && { states: sorted(states) }),
    ...(run && Object.keys(run).length > 0 && { run }),
    ...(query && conjuncts(query).length > 0 && { query: normalForm(query) }),
  };
  return JSON.parse(JSON.stringify(same)) as JsonValue;
}

function encode(on: AutomationEvent, filter: Filter): Wire {
  const plain = encodePlain(on, filter);
  if (sameFilter(decodePlain(on, plain), filter)) return plain;
  const meaning = { [MEANING]: { $eq: JSON.stringify(filter) } };
  return { ...plain, conditions: wrap(on, [...conjuncts(plain.conditions), meaning]) };
}

function encodePlain(on: AutomationEvent, filter: Filter): Wire {
  const codec = ruleCodecOf(on);
  const own = codec ? runConditions(filter.run ?? {}) : artifactConditions(filter);
  const { query } = filter;
  if (query && own.length === 0)
    return { rule: codec?.encode(filter) ?? null, conditions: isWrapped(on, query) ? query : wrap(on, [query]) };
  return { rule: codec?.encode(filter) ?? null, conditions: wrap(on, [...own, ...(query ? conjuncts(query) : [])]) };
}

function decodePlain(on: AutomationEvent, { rule, conditions }: Wire): Filter {
  const codec = ruleCodecOf(on);
  const own = codec ? codec.decode(rule) : {};
  const parts = conjuncts(conditions);
  if (parts.length === 0) return own;
  const named = codec ? toRunFilter(parts) : toArtifactFilter(parts);
  return { ...own, ...(named ?? { query: conditions as JsonObject }) };
}

const wrap = (on: AutomationEvent, parts: JsonValue[]): JsonObject => (ruleCodecOf(on) ? { $and: parts } : { $or: [{ $and: parts }] });

function isWrapped(on: AutomationEvent, query: JsonObject): boolean {
  if (ruleCodecOf(on)) return Array.isArray(query.$and);
  const [only, ...more] = Array.isArray(query.$or) ? query.$or : [];
  return isJsonObject(only) && Array.isArray(only.$and) && more.length === 0;
}

const ARTIFACT_FIELDS = ['alias', 'tag', 'collection'] as const;

const artifactConditions = (filter: Filter): JsonObject[] =>
  ARTIFACT_FIELDS.flatMap((field) => (filter[field] === undefined ? [] : [{ [field]: { $regex: filter[field] } }]));

function toArtifactFilter(parts: readonly JsonValue[]): Pick<Filter, 'alias' | 'tag' | 'collection'> | null {
  const found = byField(parts, { alias: '$regex', tag: '$regex', collection: '$regex' });
  return found && JSON.parse(JSON.stringify(found));
}

function runConditions({ user, name, tags, group, jobType, config }: RunFilter): JsonObject[] {
  return [
    ...(name === undefined ? [] : [{ display_name: { $regex: name } }]),
    ...(user === undefined ? [] : [{ username: { $eq: user } }]),
    ...(tags === undefined ? [] : [{ tags: { $all: tags } }]),
    ...(group === undefined ? [] : [{ group: { $eq: group } }]),
    ...(jobType === undefined ? [] : [{ jobType: { $eq: jobType } }]),
    ...Object.entries(config ?? {}).map(([key, value]) => ({ [`config.${key}`]: { $eq: value } })),
  ];
}

function toRunFilter(parts: readonly JsonValue[]): { run: RunFilter } | null {
  const found = byField(parts, { display_name: '$regex', username: '$eq' });
  if (!found) return null;
  const run = { ...(found.display_name && { name: found.display_name }), ...(found.username && { user: found.username }) };
  return Filter.shape.run.safeParse(run).success ? { run } : null;
}

/** The texts of conditions, where each is on a field of its own with the operator that its field has here. */
function byField(parts: readonly JsonValue[], operators: Readonly<Record<string, string>>): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const part of parts) {
    const condition = textCondition(part);
    if (!condition || operators[condition.field] !== condition.operator || condition.field in found) return null;
    if (condition.text.length > 1024) return null;
    found[condition.field] = condition.text;
  }
  return found;
}

function takeMeaning(conditions: JsonValue): { meaning: JsonValue | null; rest: JsonValue } {
  const parts = conjuncts(conditions);
  const at = parts.findIndex((part) => textCondition(part)?.field === MEANING);
  if (at < 0) return { meaning: null, rest: conditions };
  const { text } = textCondition(parts[at]!)!;
  return { meaning: parseObject(text, MEANING), rest: { $and: parts.toSpliced(at, 1) } };
}

function toJson(on: AutomationEvent, { rule, conditions }: Wire): JsonObject {
  const codec = ruleCodecOf(on);
  if (!codec) return conditions as JsonObject;
  const run_filter = JSON.stringify(conditions);
  const [outer, inner] = codec.path;
  if (inner === undefined) return { run_filter, [outer]: rule };
  return { run_filter, [outer]: { [inner]: rule }, metric_filter: null };
}

function toWire(on: AutomationEvent, json: JsonObject): Wire {
  const codec = ruleCodecOf(on);
  if (!codec) return { rule: null, conditions: unwrapped(json) };
  const [outer, inner] = codec.path;
  const rule = inner === undefined ? json[outer] : isJsonObject(json[outer]) ? json[outer][inner] : undefined;
  if (!isJsonObject(rule)) throw invalid(`eventFilter: give ${inner ?? outer} for this event.`);
  const runFilter = json.run_filter ?? MATCH_ALL;
  const conditions = typeof runFilter === 'string' ? parseObject(runFilter, 'run_filter') : runFilter;
  if (!isJsonObject(conditions)) throw invalid('run_filter must be a JSON object, or text that holds one.');
  return { rule, conditions };
}

/** Some send back the form in which a saved filter is read. */
function unwrapped(json: JsonObject): JsonObject {
  const { filter, ...more } = json;
  if (filter === undefined || Object.keys(more).length > 0) return json;
  return typeof filter === 'string' ? parseObject(filter, 'filter') : isJsonObject(filter) ? filter : json;
}

function parseObject(text: string, what: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw invalid(`${what} is not valid JSON: numbers must be finite.`);
  }
  if (!isJsonObject(value)) throw invalid(`${what} must be a JSON object.`);
  return value;
}

import type { InvolvedNames } from './artifact-filter.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Found } from './query-operators.ts';
import type { RunFacts } from './tracked-event.ts';

export type QueryFamily = 'run' | 'artifact' | 'collection';

/** Fields by name; `paths` ones take a dotted path below them, `time` ones compare with dates. */
const FIELDS: Record<QueryFamily, { plain: readonly string[]; paths: readonly string[]; time: readonly string[] }> = {
  run: {
    plain: ['display_name', 'displayName', 'name', 'state', 'username', 'tags', 'group', 'jobType'],
    paths: ['config', 'summary_metrics'],
    time: ['createdAt', 'created_at'],
  },
  artifact: { plain: ['alias', 'tag', 'collection'], paths: [], time: [] },
  collection: { plain: ['tag', 'collection'], paths: [], time: [] },
};

export type QueryField = { kind: 'plain' | 'time'; name: string } | { kind: 'path'; name: string; path: string };

/** The field that a name in a query stands for; null for one that is not known. */
export function queryField(family: QueryFamily, name: string): QueryField | null {
  const { plain, paths, time } = FIELDS[family];
  if (plain.includes(name)) return { kind: 'plain', name };
  if (time.includes(name)) return { kind: 'time', name };
  const dot = name.indexOf('.');
  const head = name.slice(0, dot);
  if (dot > 0 && dot + 1 < name.length && paths.includes(head)) return { kind: 'path', name: head, path: name.slice(dot + 1) };
  return null;
}

/** The names that a query may use, as a sentence lists them. */
export function queryFieldNames(family: QueryFamily): string[] {
  const { plain, paths, time } = FIELDS[family];
  return [...plain, ...time, ...paths.map((name) => `${name}.<key>`)];
}

/** A run as a query sees it: `name` is its id, `display_name` its name, as the client has it. */
export const runDocument = (run: RunFacts): JsonObject => ({
  display_name: run.name,
  displayName: run.name,
  name: run.runId,
  state: run.state,
  username: run.user,
  tags: run.tags,
  group: run.group,
  jobType: run.jobType,
  config: run.config,
  summary_metrics: run.summary,
  createdAt: run.createdAt,
  created_at: run.createdAt,
});

/** An event's involved names as a query sees them: one name as text, several as a list. */
export function namesDocument(names: InvolvedNames): JsonObject {
  const oneOrAll = (list: string[]): JsonValue => (list.length === 1 ? list[0]! : list);
  return { alias: oneOrAll(names.aliases), tag: oneOrAll(names.tags), collection: names.collection };
}

/**
 * What a document holds under a field. The client stores a config as `{ key: { value } }`, so `config.lr.value` also means
 * `config.lr`, unless lr itself has a key "value".
 */
export function readField(document: JsonObject, field: QueryField): Found {
  if (field.kind !== 'path') return [document[field.name]];
  const root = document[field.name];
  const found = collect(root, field.path);
  if (field.name !== 'config' || found.some((value) => value !== undefined)) return found;
  const wrapped = /^(.*?)\.value(?:\.(.*))?$/.exec(field.path);
  return wrapped ? collect(root, wrapped[2] === undefined ? wrapped[1]! : `${wrapped[1]}.${wrapped[2]}`) : found;
}

function collect(root: JsonValue | undefined, path: string): (JsonValue | undefined)[] {
  const found: (JsonValue | undefined)[] = [];
  walk(root, path, found);
  return found;
}

/** Runs through arrays by index and by each of their objects, so one without objects holds nothing, not even a missing value. */
function walk(value: JsonValue | undefined, path: string | null, found: (JsonValue | undefined)[]): void {
  if (path === null) {
    found.push(value);
  } else if (Array.isArray(value)) {
    const [head, rest] = cut(path);
    const isIndex = /^\d+$/.test(head);
    if (isIndex) walk(value[Number(head)], rest, found);
    for (const element of value) {
      if (typeof element !== 'object' || element === null || Array.isArray(element)) continue;
      if (!isIndex || Object.hasOwn(element, head)) walk(element, path, found);
    }
  } else if (typeof value === 'object' && value !== null) {
    const [head, rest] = cut(path);
    if (Object.hasOwn(value, path))
      found.push(value[path]); // a literal key with dots wins
    else if (Object.hasOwn(value, head)) walk(value[head], rest, found);
    else found.push(undefined);
  } else {
    found.push(undefined);
  }
}

function cut(path: string): [head: string, rest: string | null] {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** A date in a query as epoch milliseconds; without a zone it is UTC. Null when it is no date. */
export function toTime(operand: JsonValue): number | null {
  if (typeof operand === 'number') return operand;
  if (typeof operand !== 'string') return null;
  const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(operand) || !/\d[T ]\d/.test(operand);
  const at = Date.parse(hasZone ? operand : `${operand.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}

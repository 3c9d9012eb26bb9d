import type { Issue } from '#lib/errors.ts';
import type { AutomationDocument } from './automation.ts';
import { checkQuery } from './check-query.ts';
import { type EventFamily, eventTypeOf, type FilterKey } from './event-types.ts';
import type { Filter } from './filter.ts';
import type { QueryFamily } from './query-fields.ts';
import { checkPattern } from './regex.ts';
import { checkSchedule } from './schedule.ts';
import { type ScopeKind, scopeKindOf } from './scope-name.ts';
import { listInWords } from './wording.ts';

/** Filter keys without which an event says nothing. */
const REQUIRED: Partial<Record<FilterKey, string>> = {
  metric: 'Say which metric to watch, and from what value on.',
  change: 'Say which metric to watch, and how much it must change.',
  zscore: 'Say which metric to watch.',
  states: 'Choose at least one state.',
  silentMinutes: 'Say after how many minutes without data.',
  schedule: 'Give a schedule, such as { cron: "0 9 * * *", timeZone: Europe/Berlin }.',
};

const SCOPE_WORDS: Record<ScopeKind, string> = {
  project: 'a project',
  collection: 'a collection',
  registry: 'a registry',
  registryCollection: 'a collection of a registry',
  team: 'a team',
  organization: 'an organization',
};

const QUERY_FAMILY: Record<EventFamily, QueryFamily> = { artifact: 'artifact', collection: 'collection', run: 'run', schedule: 'run' };

/** What is wrong with a document that its schema let pass; paths are those of the document. Payload and texts are checkTemplate's. */
export function checkAutomation(document: Pick<AutomationDocument, 'scope' | 'on' | 'filter'>, nowMs: number): Issue[] {
  return [...checkScope(document), ...checkKeys(document), ...checkValues(document, nowMs)];
}

function* checkScope({ on, scope }: Pick<AutomationDocument, 'scope' | 'on'>): Generator<Issue> {
  const { label, scopes } = eventTypeOf(on);
  const kind = scopeKindOf(scope);
  if (scopes.includes(kind)) return;
  const allowed = listInWords(
    scopes.map((scope) => SCOPE_WORDS[scope]),
    6,
  );
  yield { path: ['scope', kind], message: `"${label}" does not happen in ${SCOPE_WORDS[kind]}. Choose ${allowed}.` };
}

function* checkKeys({ on, filter }: Pick<AutomationDocument, 'on' | 'filter'>): Generator<Issue> {
  const { label, filterKeys } = eventTypeOf(on);
  for (const key of Object.keys(filter) as FilterKey[]) {
    if (filter[key] === undefined || filterKeys.includes(key)) continue;
    yield { path: ['filter', key], message: `"${label}" has no condition "${key}". It takes ${listInWords(filterKeys)}.` };
  }
  for (const key of filterKeys) {
    const missing = REQUIRED[key];
    if (missing !== undefined && filter[key] === undefined) yield { path: ['filter', key], message: missing };
  }
}

function* checkValues({ on, filter }: Pick<AutomationDocument, 'on' | 'filter'>, nowMs: number): Generator<Issue> {
  yield* checkPatterns(filter);
  if (filter.query) {
    const issues = checkQuery(filter.query, QUERY_FAMILY[eventTypeOf(on).family]);
    for (const { path, message } of issues) yield { path: ['filter', 'query', ...path], message };
  }
  const wrong = filter.schedule && checkSchedule(filter.schedule, nowMs);
  if (wrong) yield { path: ['filter', 'schedule', wrong.field], message: wrong.message };
}

function* checkPatterns(filter: Filter): Generator<Issue> {
  const patterns = [
    { path: ['filter', 'alias'], pattern: filter.alias },
    { path: ['filter', 'tag'], pattern: filter.tag },
    { path: ['filter', 'collection'], pattern: filter.collection },
    { path: ['filter', 'run', 'name'], pattern: filter.run?.name },
  ];
  for (const { path, pattern } of patterns) {
    const message = pattern === undefined ? null : checkPattern(pattern);
    if (message !== null) yield { path, message };
  }
}

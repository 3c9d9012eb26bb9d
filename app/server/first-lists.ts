import { FIRST_PRESET, sinceOf } from '#components/dead-letters/replay-since.ts';
import { automationQueries } from '#lib/client/automations.ts';
import { deadLetterQueries } from '#lib/client/dead-letters.ts';
import { executionQueries } from '#lib/client/executions.ts';
import type { Search } from '#lib/client/http.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import type { Container } from '#lib/client/tracking.ts';

/** A page's address after the question mark. */
export type Asked = Record<string, string | string[] | undefined>;

const isNarrowed = (asked: Asked, by: readonly string[]) => by.some((name) => asked[name] !== undefined);
const none = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));

const AUTOMATION_FILTERS = ['q', 'status', 'on', 'action', 'owner', 'scope'];
/** A list of automations; a narrowed one is left to the browser, which knows its filters. */
export const automationsFirst = (asked: Asked, at?: Container): Prefetchable[] => {
  if (isNarrowed(asked, AUTOMATION_FILTERS)) return [];
  const search = none(AUTOMATION_FILTERS);
  return [at ? automationQueries.in(at, search) : automationQueries.list(search)];
};

/** A history: its newest executions, their counts, and the one that is open. */
export const historyFirst = (asked: Asked, of: Search): Prefetchable[] => [
  ...(typeof asked.execution === 'string' ? [executionQueries.one(asked.execution)] : []),
  ...(isNarrowed(asked, ['status', 'automation', 'period']) ? [] : [executionQueries.list(of), executionQueries.counts(of)]),
];

const INBOX_FILTERS = ['entity', 'webhook', 'automation', 'cause'];
/** What failed for good, and the replays that go on; what a replay would send, when the address asks for one at `replayAt`. */
export const deadLettersFirst = (asked: Asked, replayAt?: number): Prefetchable[] => {
  const replays = asked.tab === 'replays' ? [deadLetterQueries.replays()] : [];
  if (isNarrowed(asked, [...INBOX_FILTERS, 'period'])) return replays;
  const search = none(INBOX_FILTERS);
  const preview = replayAt === undefined ? [] : [deadLetterQueries.preview({ since: sinceOf(FIRST_PRESET, replayAt) })];
  return [deadLetterQueries.list(search), deadLetterQueries.summary(search), deadLetterQueries.newestReplays(), ...replays, ...preview];
};

/** The page of one automation: how it went, and why not. */
export const automationFirst = (asked: Asked, id: string): Prefetchable[] => [
  ...historyFirst(asked, { automation: id }),
  automationQueries.nearMisses(id),
];

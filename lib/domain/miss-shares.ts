import type { ClauseName, Decision } from './decision.ts';
import { decidingText } from './explain.ts';
import type { Filter } from './filter.ts';
import { ruleDistance } from './rule-distance.ts';

/** What did not fire: about which run or version, when, and why. */
export type Miss = { subject: string; at: number; decision: Decision };

/** How many did not fire for one reason, and the one of them that came nearest, with its values. */
export type MissShare = { reason: string; count: number; nearest: { subject: string; at: number; text: string } };

const BY_CLAUSE: Partial<Record<ClauseName, string>> = {
  query: 'excluded by the query',
  run: 'excluded by the run filter',
  alias: 'with another alias',
  tag: 'with another tag',
  collection: 'in another collection',
  state: 'in another state',
  window: 'without enough values',
  condition: 'short of the condition',
  limit: 'too soon after a firing',
};
/** The run filter's clauses begin with what they looked at. */
const RUN_CLAUSE = /^The run’s (user|name|tags|group|job type|config \S+)/;

/** The newest decision about each run or version, counted by its reason; the most frequent first. */
export function shareMisses(filter: Filter, newestFirst: readonly Miss[]): MissShare[] {
  const newest = new Map<string, Miss>();
  for (const miss of newestFirst) if (!newest.has(miss.subject)) newest.set(miss.subject, miss);
  return [...Map.groupBy(newest.values(), ({ decision }) => reasonOf(decision))]
    .map(([reason, own]) => ({ reason, count: own.length, nearest: toNearest(nearestOf(filter, own)) }))
    .toSorted((a, b) => b.count - a.count);
}

/** By its value where there is one; else the newest. */
const nearestOf = (filter: Filter, misses: readonly Miss[]): Miss =>
  misses.reduce((best, miss) => (distance(filter, miss) < distance(filter, best) ? miss : best));

const distance = (filter: Filter, { decision }: Miss) => ruleDistance(filter, decision.evidence);

const toNearest = ({ subject, at, decision }: Miss) => ({ subject, at, text: decidingText(decision) });

function reasonOf({ clauses }: Decision): string {
  const failing = clauses.find(({ holds }) => !holds);
  const looked = failing?.clause === 'run' && RUN_CLAUSE.exec(failing.text);
  return looked ? `excluded by their ${looked[1]}` : ((failing && BY_CLAUSE[failing.clause]) ?? 'held back');
}

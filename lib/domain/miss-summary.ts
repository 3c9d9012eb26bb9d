import type { ClauseName, Decision } from './decision.ts';

/** What did not fire: about which run or version, and why. */
export type Miss = { subject: string; decision: Decision };

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

/** "3 of the last 5 excluded by their tags, 2 short of the condition": the newest decision of each; empty where there is one at most. */
export function summariseMisses(newestFirst: readonly Miss[]): string {
  const newest = new Map<string, string>();
  for (const { subject, decision } of newestFirst) if (!newest.has(subject)) newest.set(subject, reasonOf(decision));
  if (newest.size < 2) return '';
  const counted = [...Map.groupBy(newest.values(), (reason) => reason)].toSorted(([, a], [, b]) => b.length - a.length);
  return counted
    .map(([reason, all], index) => `${all.length}${index === 0 ? ` of the last ${newest.size}` : ''} ${reason}`)
    .join(', ')
    .concat('.');
}

function reasonOf({ clauses }: Decision): string {
  const failing = clauses.find(({ holds }) => !holds);
  const looked = failing?.clause === 'run' && RUN_CLAUSE.exec(failing.text);
  return looked ? `excluded by their ${looked[1]}` : ((failing && BY_CLAUSE[failing.clause]) ?? 'held back');
}

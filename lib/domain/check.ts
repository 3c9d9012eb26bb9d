import type { ClauseName, ClauseResult, SkipReason } from './decision.ts';

/** One clause on its way into a decision: judged at once, put into words only when somebody will read it. */
export type Check = { clause: ClauseName; holds: boolean; because: SkipReason; text: () => string };

/** A check of the filter: all of these read "filter did not match". */
export const filterCheck = (clause: ClauseName, holds: boolean, text: () => string): Check => ({
  clause,
  holds,
  because: 'filter_did_not_match',
  text,
});

export const toClause = ({ clause, holds, text }: Check): ClauseResult => ({ clause, holds, text: text() });

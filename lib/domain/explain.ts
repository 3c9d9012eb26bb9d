import type { Automation } from './automation.ts';
import type { ClauseName, Decision } from './decision.ts';
import type { ExecutionStatus } from './execution.ts';
import { durationWords } from './rule-words.ts';

/** What became of an automation and something that happened, best first: in this order one word stands for several. */
export const OUTCOMES = ['fired', 'skipped', 'held_back', 'would_match', 'did_not_match', 'not_happened', 'not_listening'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why an automation fired on an event or did not. `recorded`: as it was judged then; `judged_again`: by the automation as it is now. */
export type Account = { outcome: Outcome; reason: string; decision: Decision; source: 'recorded' | 'judged_again' };

export type KnownOfEvent = {
  automation: Pick<Automation, 'enabled' | 'updatedAt'>;
  /** When it was made or last enabled. */
  armedAt: number;
  /** When the event, or the newest of several values, arrived. */
  receivedAt: number;
  /** The firing for this event, where there is one. */
  execution: { status: ExecutionStatus; reason: string | null; decision: Decision } | null;
  /** The decision as it was kept when it did not fire. */
  kept: Decision | null;
  /** `decide` on the automation as it is now. */
  judged: Decision;
};

/** What was recorded counts before what is judged again. */
export function accountFor({ automation, armedAt, receivedAt, execution, kept, judged }: KnownOfEvent): Account {
  if (execution) {
    const { decision, reason, status } = execution;
    if (status === 'skipped') return { outcome: 'skipped', reason: reason ?? decidingText(decision), decision, source: 'recorded' };
    return { outcome: 'fired', reason: decidingText(decision), decision, source: 'recorded' };
  }
  if (kept) return { outcome: outcomeOf(kept), reason: decidingText(kept), decision: kept, source: 'recorded' };
  if (automation.enabled && armedAt > receivedAt) return notYet(judged, (armedAt - receivedAt) / 1000);
  const reason = judged.kind === 'fire' ? whyNoFiring(automation.updatedAt > receivedAt) : decidingText(judged);
  return { outcome: outcomeOf(judged), reason, decision: judged, source: 'judged_again' };
}

function outcomeOf(decision: Decision): Outcome {
  if (decision.kind === 'fire') return 'would_match';
  if (decision.because === 'disabled') return 'not_listening';
  return decision.because === 'fired_within_24_hours' ? 'held_back' : 'did_not_match';
}

/** An automation does not catch up on what happened before it listened. */
function notYet(judged: Decision, seconds: number): Account {
  const text = `It was made or enabled ${durationWords(seconds)} after this happened`;
  const clauses = [{ clause: 'enabled' as const, holds: false, text }, ...judged.clauses.filter(({ clause }) => clause !== 'enabled')];
  const { evidence } = judged;
  const decision: Decision = { kind: 'skip', because: 'disabled', clauses, ...(evidence && { evidence }) };
  return { outcome: 'not_listening', reason: text, decision, source: 'judged_again' };
}

const whyNoFiring = (changedSince: boolean) =>
  changedSince ? 'It was changed after this happened: as it is now, it would match' : 'It matches, and no execution of it is kept any more';

/** The clauses that say most about why something fired. */
const TELLING: readonly ClauseName[] = ['condition', 'state', 'alias', 'tag', 'collection', 'query', 'run', 'manual', 'event'];

/** The clause that decided, in words: the first that did not hold, or of a firing what it was about. */
export function decidingText({ clauses }: Pick<Decision, 'clauses'>): string {
  const failing = clauses.find(({ holds }) => !holds);
  if (failing) return failing.text;
  for (const name of TELLING) {
    const found = clauses.find(({ clause }) => clause === name);
    if (found) return found.text;
  }
  return 'Every condition held';
}

/** One word for several accounts, newest first: the best outcome, and the newest account that has it. */
export function bestAccount<Some extends Pick<Account, 'outcome'>>(accounts: readonly Some[]): Some | undefined {
  for (const outcome of OUTCOMES) {
    const found = accounts.find((account) => account.outcome === outcome);
    if (found) return found;
  }
  return undefined;
}

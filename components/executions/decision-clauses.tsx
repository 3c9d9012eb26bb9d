import { Check, X } from 'lucide-react';
import type { DecisionView } from '#lib/contracts/automations.ts';

const CLAUSE_LABELS: Record<string, string> = {
  enabled: 'Enabled',
  scope: 'Scope',
  event: 'Event',
  alias: 'Alias',
  tag: 'Tag',
  collection: 'Collection',
  run: 'Run filter',
  query: 'Query',
  state: 'State',
  window: 'Window',
  condition: 'Condition',
  limit: 'Limit',
  cooldown: 'Cooldown',
  storm: 'Storm guard',
  target: 'Target',
  manual: 'Run now',
};

/** The decision clause by clause, with the values it was made by; what did not hold comes first. */
export function DecisionClauses({ decision }: { decision: DecisionView }) {
  const clauses = decision.clauses.toSorted((a, b) => Number(a.holds) - Number(b.holds));
  return (
    <ul className="border-t border-line text-small">
      {clauses.map((clause, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a decision is frozen; one clause name may occur twice.
        <li key={index} className="flex min-h-8 items-baseline gap-3 border-b border-line py-1.5">
          {clause.holds ? (
            <Check aria-label="holds" className="size-3.5 flex-none translate-y-0.5 text-success" />
          ) : (
            <X aria-label="does not hold" className="size-3.5 flex-none translate-y-0.5 text-danger" />
          )}
          <span className="w-24 flex-none text-fg-3">{CLAUSE_LABELS[clause.clause] ?? clause.clause}</span>
          <span className="min-w-0 wrap-anywhere">{clause.text}</span>
        </li>
      ))}
    </ul>
  );
}

/** "6 of 6 conditions hold". */
export const clauseCount = ({ clauses }: DecisionView) =>
  `${clauses.filter(({ holds }) => holds).length} of ${clauses.length} conditions hold`;

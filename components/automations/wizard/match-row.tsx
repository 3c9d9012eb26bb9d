'use client';

import { ChevronRight, Clock, Minus, Zap } from 'lucide-react';
import { DecisionClauses } from '#components/executions/decision-clauses.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { DecisionView, RecentMatches } from '#lib/contracts/automations.ts';

export type Match = RecentMatches['events'][number];

/** One recent event: what it was, what it would have done and why; opens to the clauses. */
export function MatchRow({ match: { event, decision }, charted, onOpen }: { match: Match; charted: boolean; onOpen: () => void }) {
  return (
    <li className="border-b border-line">
      <details className="group" onToggle={(toggle) => toggle.currentTarget.open && onOpen()}>
        <summary className="flex min-h-9 cursor-default items-center gap-2 rounded-xs py-1.5 text-small hover:bg-hover">
          <ChevronRight className="size-3.5 flex-none text-fg-3 transition-transform duration-fast group-open:rotate-90" />
          <DecisionSign decision={decision} />
          <span className="min-w-0 flex-1">
            <span className={`block truncate font-mono text-[12px] ${charted ? 'font-semibold' : ''}`}>{subjectOf(event.title)}</span>
            <span className={decision.kind === 'fire' ? '' : 'text-fg-2'}>{reasonOf(decision)}</span>
          </span>
          <span className="flex-none text-fg-3">
            <RelativeTime at={event.at} />
          </span>
        </summary>
        <div className="pb-3 pl-5.5">
          <DecisionClauses decision={decision} />
        </div>
      </details>
    </li>
  );
}

function DecisionSign({ decision }: { decision: DecisionView }) {
  if (decision.kind === 'fire') return <Zap aria-label="Would have fired" className="size-3.5 flex-none text-success" />;
  if (decision.because === 'window_not_full') return <Clock aria-label="Waits" className="size-3.5 flex-none text-info" />;
  return <Minus aria-label="Would not have fired" className="size-3.5 flex-none text-fg-3" />;
}

/** Clauses that hold for every event of a healthy automation: no reason to name when it fires. */
const COMMON_CLAUSES = ['enabled', 'event', 'scope', 'limit', 'target', 'cooldown', 'storm'];

/** What decided: the rule's own clause when it fires, else the first that did not hold. */
export function reasonOf({ kind, clauses }: DecisionView): string {
  const own = clauses.filter(({ clause }) => !COMMON_CLAUSES.includes(clause));
  if (kind === 'fire') return own.find(({ clause }) => clause === 'condition')?.text ?? own[0]?.text ?? 'No condition: each one fires';
  return clauses.find(({ holds }) => !holds)?.text ?? 'Would not have fired';
}

/** "swift-fox-12" of "swift-fox-12, average 0.299": the value is in the reason beside it. */
export const subjectOf = (title: string) => title.replace(/, (?:average|lowest|highest|change|z-score|\S+) -?[\d.]+.*$/, '');

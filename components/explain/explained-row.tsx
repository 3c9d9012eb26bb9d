'use client';

import { ChevronRight, CircleCheck, CircleDashed, CircleSlash, CircleX, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { DecisionClauses } from '#components/executions/decision-clauses.tsx';
import { ExecutionBadge } from '#components/executions/execution-state.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { ExplainedAutomation, ExplainedEvent } from '#lib/contracts/explain.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { JudgedWindows } from './judged-windows.tsx';

const SIGN: Record<ExplainedAutomation['outcome'], { icon: ReactNode; word: string; color: string }> = {
  fired: { icon: <CircleCheck />, word: 'Fired', color: 'text-success' },
  skipped: { icon: <CircleSlash />, word: 'Skipped', color: 'text-warning' },
  held_back: { icon: <Clock />, word: 'Held back', color: 'text-warning' },
  would_match: { icon: <CircleDashed />, word: 'Would match now', color: 'text-info' },
  did_not_match: { icon: <CircleX />, word: 'Did not match', color: 'text-neutral' },
  not_happened: { icon: <CircleDashed />, word: 'Has not happened', color: 'text-neutral' },
  not_listening: { icon: <CircleSlash />, word: 'Was not listening', color: 'text-neutral' },
};

/** One automation: what it is, what came of it and why; opens to every time it was asked. */
export function ExplainedRow({ item: { automation, outcome, reason, judged, heldBack } }: { item: ExplainedAutomation }) {
  const { icon, word, color } = SIGN[outcome];
  const newest = judged[0];
  return (
    <li className="border-b border-line">
      <details className="group">
        <summary className="flex cursor-default items-start gap-2 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2 sm:px-6">
          <ChevronRight className="mt-0.5 size-4 flex-none text-fg-3 transition-transform duration-fast group-open:rotate-90" />
          <span className={`mt-0.5 flex-none ${color}`}>
            {icon}
            <span className="sr-only">{word}</span>
          </span>
          <span className="grid min-w-0 flex-1 gap-0.5">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium wrap-anywhere">{automation.name}</span>
              <span className="min-w-0 text-small wrap-anywhere text-fg-3">{automation.trigger}</span>
            </span>
            <span className="text-small wrap-anywhere text-fg-2">
              {reason}
              {heldBack > 0 && `. ${furtherMatches(heldBack)}`}
            </span>
          </span>
          {newest && <RelativeTime at={newest.at} className="flex-none text-meta text-fg-3" />}
        </summary>
        <div className="grid gap-4 pt-2 pr-4 pb-4 pl-10 sm:pr-6 sm:pl-12">
          {judged.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: newest first and replaced as a whole.
            <Judged key={index} judged={one} />
          ))}
          <p className="flex flex-wrap gap-x-4 text-small">
            {automation.href ? <TextLink href={automation.href}>Open the automation</TextLink> : <span className="text-fg-3">Deleted</span>}
          </p>
        </div>
      </details>
    </li>
  );
}

const furtherMatches = (count: number) =>
  `${count.toLocaleString('en')} further ${count === 1 ? 'match' : 'matches'} within 24 hours made no execution`;

function Judged({ judged: { at, title, eventId, execution, decision, source } }: { judged: ExplainedEvent }) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1.5 text-small">
        <span className="font-mono text-[12px] wrap-anywhere">{title}</span>
        <RelativeTime at={at} copyable className="text-meta text-fg-3" />
        {execution && <ExecutionBadge execution={{ status: execution.status, failedTries: 0 }} />}
        {execution && <TextLink href={pagePaths.execution(execution.id)}>Open the execution</TextLink>}
        {eventId && <TextLink href={pagePaths.event(eventId)}>Open the event</TextLink>}
        <span className="text-meta text-fg-3">
          {source === 'recorded' ? 'as it was judged then' : 'judged by the automation as it is now'}
        </span>
      </div>
      <DecisionClauses decision={decision} />
      {decision.evidence && <JudgedWindows evidence={decision.evidence} />}
    </div>
  );
}

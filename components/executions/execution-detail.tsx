'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatDuration } from '#components/ui/format-time.ts';
import { Facts } from '#components/ui/key-value.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { toast } from '#components/ui/toast.ts';
import { sendExecutionNow } from '#lib/client/executions.ts';
import type { ExecutionView } from '#lib/contracts/automations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { clauseCount, DecisionClauses } from './decision-clauses.tsx';
import { ExchangeTabs } from './exchange-tabs.tsx';
import { ExecutionBadge } from './execution-state.tsx';

/** One execution: outcome and cause first, then attempts, the reasons, and the exact messages. */
export function ExecutionDetail({ execution }: { execution: ExecutionView }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const attempt = execution.attempts.find(({ number }) => number === chosen) ?? execution.attempts.at(-1);
  const { outcome, decision } = execution;
  return (
    <>
      <section aria-labelledby="outcome" className="grid gap-2">
        <p className="flex items-center gap-2">
          <ExecutionBadge execution={execution} />
          {execution.failedTries > 0 && (
            <span className="text-meta text-fg-2 tabular-nums">
              {execution.failedTries} of {execution.tries} tries failed
            </span>
          )}
          {execution.manual && <span className="text-meta text-fg-2">Run by hand</span>}
        </p>
        <h2 id="outcome" className="text-lead font-semibold wrap-anywhere">
          {outcome.title}
        </h2>
        <p className="text-small text-fg-2 wrap-anywhere">{outcome.text}</p>
        {outcome.hint && (
          <p className="flex gap-2 text-small">
            <Lightbulb className="mt-0.5 size-4 flex-none text-fg-3" />
            <span className="wrap-anywhere">{outcome.hint}</span>
          </p>
        )}
      </section>

      <Facts
        items={[
          {
            key: 'Automation',
            value: execution.automation.deleted ? (
              `${execution.automation.name} (deleted)`
            ) : (
              <TextLink href={execution.automation.href}>{execution.automation.name}</TextLink>
            ),
          },
          { key: 'Event', value: <TextLink href={pagePaths.event(execution.event.id)}>{execution.title}</TextLink> },
          {
            key: 'Sent to',
            value: execution.targetHref ? (
              <TextLink href={execution.targetHref}>{execution.target.name}</TextLink>
            ) : execution.target.kind === 'nothing' ? (
              'Nothing'
            ) : (
              execution.target.name
            ),
          },
          { key: 'Fired', value: <RelativeTime at={execution.createdAt} copyable /> },
          ...(execution.finishedAt && execution.durationMs !== null
            ? [{ key: 'Took', value: tookText(execution, execution.finishedAt, execution.durationMs) }]
            : []),
          ...(execution.editedFrom
            ? [{ key: 'Edited from', value: <TextLink href={pagePaths.execution(execution.editedFrom)}>{execution.editedFrom}</TextLink> }]
            : []),
        ]}
      />

      {(execution.attempts.length > 0 || execution.nextAttemptAt !== null) && (
        <section aria-label="Attempts">
          <SectionHeader title="Attempts" level={3} className="pt-0!" />
          <AttemptTimeline
            execution={execution}
            selected={attempt?.number ?? null}
            onSelect={setChosen}
            tryNow={<TryNow execution={execution} />}
          />
        </section>
      )}

      <section aria-label="Decision">
        <SectionHeader
          title={decision.kind === 'fire' ? 'Why it fired' : 'Why it was skipped'}
          note={clauseCount(decision)}
          level={3}
          className="pt-0!"
        />
        <DecisionClauses decision={decision} />
      </section>

      <ExchangeTabs execution={execution} attempt={attempt} />
    </>
  );
}

/** Of several requests the last one's time alone would hide how long the receiver was waited for. */
function tookText({ attempts, createdAt }: ExecutionView, finishedAt: number, lastMs: number): string {
  const last = formatDuration(lastMs);
  return attempts.length > 1 ? `${formatDuration(finishedAt - createdAt)} from firing to end, the last request ${last}` : last;
}

function TryNow({ execution }: { execution: ExecutionView }) {
  const send = useMutation({ ...sendExecutionNow(useQueryClient()), onError: (error) => void toast.error(error.message) });
  if (!execution.can.tryNow) return null;
  return (
    <Button size="sm" loading={send.isPending} onClick={() => send.mutate(execution.id)}>
      Try now
    </Button>
  );
}

'use client';

import { Check, CircleDashed, Clock, LoaderCircle, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { formatDuration, formatExact } from '#components/ui/format-time.ts';
import { Countdown } from '#components/ui/relative-time.tsx';
import type { AttemptView, ExecutionView } from '#lib/contracts/automations.ts';

interface AttemptTimelineProps {
  execution: ExecutionView;
  selected: number | null;
  onSelect: (number: number) => void;
  /** "Try now", where the visitor may. */
  tryNow?: ReactNode;
}

/** Every request made, the next one counting down, and what is left of the schedule. */
export function AttemptTimeline({ execution, selected, onSelect, tryNow }: AttemptTimelineProps) {
  const { attempts, delaysSeconds, nextAttemptAt, status } = execution;
  const used = attempts.at(-1)?.try ?? 0;
  const next = status === 'pending' && nextAttemptAt !== null ? used + 1 : null;
  const left = next === null ? [] : delaysSeconds.slice(next);
  return (
    <ol className="text-small tabular-nums">
      {attempts.map((attempt, index) => (
        <li key={attempt.number}>
          {isReplay(attempts, index) && (
            <p className="mt-1 flex items-center gap-3 border-t border-line px-2 pt-1.5 pb-0.5 text-meta text-fg-3">Sent again</p>
          )}
          <button
            type="button"
            aria-pressed={attempt.number === selected}
            onClick={() => onSelect(attempt.number)}
            className={cn(
              'flex min-h-8 w-full flex-wrap items-center gap-x-3 rounded-sm px-2 py-1 text-left hover:bg-hover sm:flex-nowrap',
              attempt.number === selected && 'bg-pressed',
            )}
          >
            <span className="w-5 text-right text-fg-3">{isSameTry(attempts, index) ? '' : attempt.try}</span>
            <AttemptSign attempt={attempt} />
            <time
              dateTime={new Date(attempt.startedAt).toISOString()}
              title={formatExact(attempt.startedAt)}
              className="w-16 flex-none"
              suppressHydrationWarning
            >
              {clock(attempt.startedAt)}
            </time>
            <span className="w-14 flex-none text-fg-3">{gapBefore(attempts, index)}</span>
            <span className="order-last min-w-0 basis-full pl-16 sm:order-none sm:flex-1 sm:basis-0 sm:truncate sm:pl-0">
              {resultOf(attempt)}
            </span>
            <span className="max-sm:ml-auto text-fg-3">{attempt.durationMs === null ? '' : formatDuration(attempt.durationMs)}</span>
          </button>
        </li>
      ))}
      {next !== null && nextAttemptAt !== null && (
        <li className="flex min-h-8 items-center gap-3 px-2 font-medium">
          <span className="w-5 text-right font-normal text-fg-3">{next}</span>
          <Clock className="size-4 flex-none text-info" />
          <span className="w-16 flex-none" suppressHydrationWarning>
            {clock(nextAttemptAt)}
          </span>
          <span className="w-14 flex-none" />
          <span className="min-w-0 flex-1">
            Next try in <Countdown at={nextAttemptAt} />
          </span>
          {tryNow}
        </li>
      )}
      {left.length > 0 && next !== null && (
        <li className="flex min-h-8 items-center gap-3 px-2 text-fg-3">
          <span className="w-5 text-right whitespace-nowrap">{left.length === 1 ? next + 1 : `${next + 1}–${next + left.length}`}</span>
          <CircleDashed className="size-4 flex-none" />
          <span>then after {left.map((seconds) => formatDuration(seconds * 1000)).join(', ')}</span>
        </li>
      )}
    </ol>
  );
}

function AttemptSign({ attempt }: { attempt: AttemptView }) {
  if (attempt.durationMs === null)
    return <LoaderCircle aria-label="under way" className="size-4 flex-none text-info motion-safe:animate-spin" />;
  if (attempt.error) return <X aria-label="failed" className="size-4 flex-none rounded-full bg-danger-tint p-0.5 text-danger" />;
  return <Check aria-label="succeeded" className="size-4 flex-none rounded-full bg-success-tint p-0.5 text-success" />;
}

/** A second request of the same try: after a quick refusal, or because the first one was lost with its process. */
function isSameTry(attempts: readonly AttemptView[], index: number): boolean {
  const before = attempts[index - 1];
  return before !== undefined && before.try === attempts[index]!.try && (before.error?.code === 'refused' || before.durationMs === null);
}

/** Tries begin anew with a replay. */
const isReplay = (attempts: readonly AttemptView[], index: number) =>
  index > 0 && attempts[index]!.try <= attempts[index - 1]!.try && !isSameTry(attempts, index);

const clock = (at: number) => new Date(at).toLocaleTimeString('en-GB', { hour12: false });

function gapBefore(attempts: readonly AttemptView[], index: number): string {
  const before = attempts[index - 1];
  const attempt = attempts[index]!;
  if (!before) return '';
  if (isSameTry(attempts, index)) return 'at once';
  return `+${formatDuration(attempt.startedAt - before.startedAt)}`;
}

function resultOf(attempt: AttemptView): string {
  if (attempt.durationMs === null) return 'Under way';
  if (attempt.error) return attempt.error.message;
  return attempt.status === undefined ? 'Delivered' : `Answered ${attempt.status}`;
}

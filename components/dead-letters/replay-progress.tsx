'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, CircleCheck, CircleStop, RotateCw } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { toast } from '#components/ui/toast.ts';
import { cancelReplay } from '#lib/client/dead-letters.ts';
import type { ReplayManyView } from '#lib/contracts/dead-letters.ts';
import { executionsText } from './executions-text.ts';
import { exactly } from './replay-since.ts';

const LOOK = {
  running: { word: 'Replaying', tone: 'info', icon: <RotateCw className="motion-safe:animate-spin" /> },
  done: { word: 'Done', tone: 'success', icon: <CircleCheck /> },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: <Ban /> },
  stopped: { word: 'Stopped', tone: 'warning', icon: <CircleStop /> },
} as const;

/** One replay of many: how far it is, what came of it, and the button that ends it. */
export function ReplayProgress({ replay }: { replay: ReplayManyView }) {
  const { word, tone, icon } = LOOK[replay.status];
  const told = replay.parts.filter(({ reason }) => reason !== null);
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
        <span className="min-w-0 text-small" suppressHydrationWarning>
          <span className="font-medium">{executionsText(replay.total)}</span> that failed since {exactly(replay.since)}
          {replay.narrowedTo && `, ${replay.narrowedTo}`} <span className="text-fg-3">to {targetsOf(replay)}</span>
        </span>
        <span className="ml-auto flex items-center gap-3 text-meta text-fg-3">
          <span>
            {replay.createdBy}, <RelativeTime at={replay.createdAt} />
          </span>
          {replay.can.cancel && <Cancel id={replay.id} />}
        </span>
      </div>
      <Bar replay={replay} />
      <p className="text-meta text-fg-2 tabular-nums" aria-live={replay.status === 'running' ? 'polite' : undefined}>
        {progressWords(replay)}
      </p>
      {told.map(({ entity, target, reason }) => (
        <p key={`${entity}/${target.id}`} className="text-meta text-warning-text">
          {target.name}: {reason}
        </p>
      ))}
    </li>
  );
}

function targetsOf({ parts }: ReplayManyView): string {
  const names = [...new Set(parts.map(({ target }) => target.name))];
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ');
}

function progressWords({ status, total, replayed, outcome }: ReplayManyView): string {
  const gone = total - replayed;
  const parts = [
    `${replayed.toLocaleString('en')} of ${total.toLocaleString('en')} sent again`,
    `${outcome.finished.toLocaleString('en')} delivered`,
    ...(outcome.failed > 0 ? [`${outcome.failed.toLocaleString('en')} failed again`] : []),
    ...(outcome.waiting > 0 ? [`${outcome.waiting.toLocaleString('en')} on their way`] : []),
    ...(status === 'done' && gone > 0 ? [`${gone.toLocaleString('en')} had been replayed meanwhile`] : []),
    ...(status === 'cancelled' && gone > 0 ? [`${gone.toLocaleString('en')} stay failed`] : []),
  ];
  return `${parts.join(' · ')}.`;
}

/** Delivered, failed again and on their way, of all. */
function Bar({ replay: { total, replayed, outcome } }: { replay: ReplayManyView }) {
  const all = Math.max(total, replayed, 1);
  const segments = [
    { key: 'finished', count: outcome.finished, color: 'bg-success' },
    { key: 'failed', count: outcome.failed, color: 'bg-danger' },
    { key: 'waiting', count: outcome.waiting, color: 'bg-info' },
  ];
  return (
    <div
      role="progressbar"
      aria-label="Replayed"
      aria-valuemin={0}
      aria-valuemax={all}
      aria-valuenow={replayed}
      className="flex h-1.5 gap-px overflow-hidden rounded-full bg-neutral-tint"
    >
      {segments.map(
        ({ key, count, color }) =>
          count > 0 && (
            <span key={key} className={`${color} transition-[width] duration-fast`} style={{ width: `${(count / all) * 100}%` }} />
          ),
      )}
    </div>
  );
}

function Cancel({ id }: { id: string }) {
  const cancel = useMutation({
    ...cancelReplay(useQueryClient()),
    onSuccess: () => void toast.success('Cancelled: what was not sent yet stays failed'),
    onError: (error) => void toast.error(error.message),
  });
  return (
    <Button size="sm" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
      Cancel
    </Button>
  );
}

import { CircleCheck, CircleSlash, CircleX, Clock, LoaderCircle, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import type { ExecutionRow } from '#lib/contracts/automations.ts';

type Look = { word: string; tone: Tone; icon: ReactNode; color: string };

/** Pending with failed tries is "waiting to retry": it must not look healthy. */
export function lookOf({ status, failedTries }: Pick<ExecutionRow, 'status' | 'failedTries'>): Look {
  if (status === 'pending' && failedTries > 0)
    return { word: 'Waiting to retry', tone: 'warning', icon: <RotateCw />, color: 'text-danger' };
  return {
    pending: { word: 'Pending', tone: 'info' as const, icon: <Clock />, color: 'text-info' },
    running: { word: 'Running', tone: 'info' as const, icon: <LoaderCircle className="motion-safe:animate-spin" />, color: 'text-info' },
    finished: { word: 'Finished', tone: 'success' as const, icon: <CircleCheck />, color: 'text-success' },
    failed: { word: 'Failed', tone: 'danger' as const, icon: <CircleX />, color: 'text-danger' },
    skipped: { word: 'Skipped', tone: 'neutral' as const, icon: <CircleSlash />, color: 'text-neutral' },
  }[status];
}

export function ExecutionBadge({ execution, size }: { execution: Pick<ExecutionRow, 'status' | 'failedTries'>; size?: 'md' | 'lg' }) {
  const { word, tone, icon } = lookOf(execution);
  return (
    <Badge tone={tone} icon={icon} size={size}>
      {word}
    </Badge>
  );
}

/** The sign at the beginning of a row; its word is for screen readers. */
export function ExecutionSign({ execution }: { execution: Pick<ExecutionRow, 'status' | 'failedTries'> }) {
  const { word, icon, color } = lookOf(execution);
  return (
    <span className={`flex-none ${color}`}>
      {icon}
      <span className="sr-only">{word}</span>
    </span>
  );
}

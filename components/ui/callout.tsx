import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

type CalloutTone = 'neutral' | 'info' | 'warning' | 'danger';

const TINT: Record<CalloutTone, string> = {
  neutral: 'bg-neutral-tint text-fg-2',
  info: 'bg-info-tint text-info-text',
  warning: 'bg-warning-tint text-warning-text',
  danger: 'bg-danger-tint text-danger-text',
};

const ICON = { neutral: Info, info: Info, warning: TriangleAlert, danger: CircleX };

interface CalloutProps {
  tone?: CalloutTone;
  icon?: ReactNode;
  /** Buttons or links at the end. */
  action?: ReactNode;
  /** Read out at once when it appears; the default for danger. */
  live?: boolean;
  className?: string;
  children: ReactNode;
}

/** Something to know, in place. */
export function Callout({ tone = 'neutral', icon, action, live = tone === 'danger', className, children }: CalloutProps) {
  const Icon = ICON[tone];
  return (
    <div
      role={live ? 'alert' : undefined}
      className={cn('flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-control px-3 py-2.5 text-small', TINT[tone], className)}
    >
      <span className="flex h-5 items-center">{icon ?? <Icon />}</span>
      <div className="min-w-0 flex-1 basis-40 wrap-anywhere">{children}</div>
      {action && <div className="flex flex-none items-center gap-2">{action}</div>}
    </div>
  );
}

/** A note under a row's name: the same tones without a box. */
export function RowNote({ tone, children }: { tone: 'warning' | 'danger'; children: ReactNode }) {
  const Icon = ICON[tone];
  return (
    <p className={cn('mt-1 flex items-start gap-1.5 text-meta', tone === 'danger' ? 'text-danger-text' : 'text-warning-text')}>
      <Icon className={cn('mt-px size-3.5', tone === 'danger' ? 'text-danger' : 'text-warning')} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}

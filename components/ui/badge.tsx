import { CircleCheck, CircleDot, CircleSlash, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral' | 'accent';

const TINT: Record<Tone, string> = {
  success: 'bg-success-tint text-success-text',
  warning: 'bg-warning-tint text-warning-text',
  danger: 'bg-danger-tint text-danger-text',
  info: 'bg-info-tint text-info-text',
  neutral: 'bg-neutral-tint text-neutral-text',
  accent: 'bg-accent-tint text-accent-text',
};

const ICON_COLOR: Record<Tone, string> = {
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  info: 'text-info',
  neutral: 'text-neutral',
  accent: 'text-accent-text',
};

/** The sign that belongs to a tone, where no better one is given. */
export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  const Icon = { success: CircleCheck, warning: TriangleAlert, danger: CircleX, info: CircleDot, neutral: CircleSlash, accent: CircleDot }[
    tone
  ];
  return <Icon className={cn(ICON_COLOR[tone], className)} />;
}

interface BadgeProps {
  tone?: Tone;
  /** `null` for none: then the word alone must say it. */
  icon?: ReactNode;
  size?: 'md' | 'lg';
  className?: string;
  children: ReactNode;
}

/** A state as icon and word on a tint. */
export function Badge({ tone = 'neutral', icon, size = 'md', className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex w-fit flex-none items-center gap-1 align-middle font-medium whitespace-nowrap [&_.lucide]:size-3 [&_.lucide]:stroke-2 [&_.lucide]:text-current',
        size === 'lg' ? 'h-6 rounded-sm px-2 text-small' : 'h-5 rounded-xs px-[7px] text-meta',
        icon !== null && (size === 'lg' ? 'pl-1.5' : 'pl-[5px]'),
        TINT[tone],
        className,
      )}
    >
      {icon === undefined ? <ToneIcon tone={tone} /> : icon}
      {children}
    </span>
  );
}

interface StateProps {
  tone: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A state in a table: icon and word without a tint, coloured only when it needs attention. */
export function State({ tone, icon, className, children }: StateProps) {
  const word = tone === 'danger' ? 'text-danger-text' : tone === 'warning' ? 'text-warning-text' : 'text-fg-2';
  return (
    <span className={cn('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', word, className)}>
      {icon ? <span className={cn('inline-flex', ICON_COLOR[tone])}>{icon}</span> : <ToneIcon tone={tone} />}
      {children}
    </span>
  );
}

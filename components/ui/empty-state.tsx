import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface EmptyStateProps {
  title: ReactNode;
  /** One sentence: what would be here, and how it comes here. */
  children?: ReactNode;
  /** The next action. */
  action?: ReactNode;
  /** `page` for a whole list, `inline` inside a panel. */
  size?: 'page' | 'inline';
  /** What the title is: a heading where it is the only one of its page or part. */
  heading?: 'h1' | 'h2' | 'h3';
  className?: string;
}

/** Nothing here, and what to do about it. Left-aligned, in place of the rows. */
export function EmptyState({ title, children, action, size = 'page', heading, className }: EmptyStateProps) {
  const Title = heading ?? 'p';
  return (
    <div className={cn('flex max-w-form flex-col items-start', size === 'page' ? 'py-10' : 'py-4', className)}>
      <Title className={size === 'page' ? 'mb-1 text-lead font-semibold' : 'text-base font-medium'}>{title}</Title>
      {children && <div className={cn('text-fg-2', size === 'page' ? 'text-base' : 'text-small')}>{children}</div>}
      {action && <div className={cn('flex flex-wrap gap-2', size === 'page' ? 'mt-4' : 'mt-2.5')}>{action}</div>}
    </div>
  );
}

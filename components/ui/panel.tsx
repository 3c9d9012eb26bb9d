import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface PanelProps {
  title?: ReactNode;
  end?: ReactNode;
  padded?: boolean;
  className?: string;
  children: ReactNode;
}

/** A box with a radius, for charts and what is set apart; lists and tables go without. */
export function Panel({ title, end, padded = true, className, children }: PanelProps) {
  return (
    <section className={cn('overflow-clip rounded-panel border border-line bg-panel', className)}>
      {(title || end) && (
        <div className="flex min-h-10 items-center gap-2 border-b border-line pr-2 pl-3">
          <h3 className="min-w-0 truncate text-small font-semibold">{title}</h3>
          {end && <span className="ml-auto flex items-center gap-1">{end}</span>}
        </div>
      )}
      <div className={padded ? 'p-3' : undefined}>{children}</div>
    </section>
  );
}

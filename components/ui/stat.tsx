import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { Skeleton } from './skeleton.tsx';

interface StatProps {
  label: ReactNode;
  /** Undefined while it loads. */
  value?: ReactNode;
  /** What it is made of, or compared with. */
  note?: ReactNode;
  tone?: 'danger' | 'warning';
}

/** A number people come for. */
export function Stat({ label, value, note, tone }: StatProps) {
  return (
    <div className="-mr-px -mb-px min-w-0 flex-[1_0_136px] border-r border-b border-line px-4 py-3">
      <dt className="truncate text-meta text-fg-3">{label}</dt>
      <dd
        className={cn(
          'text-title font-semibold tracking-[-0.012em] tabular-nums',
          tone === 'danger' && 'text-danger-text',
          tone === 'warning' && 'text-warning-text',
        )}
      >
        {value ?? (
          <span className="flex h-7 items-center">
            <Skeleton className="w-16" />
          </span>
        )}
      </dd>
      {note && <dd className="truncate text-meta text-fg-2">{note}</dd>}
    </div>
  );
}

/** Stats side by side, between hairlines; the last row has no gap. */
export function Stats({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn('flex flex-wrap overflow-hidden rounded-panel border border-line bg-panel', className)}>{children}</dl>;
}

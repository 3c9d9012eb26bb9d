import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface KeyValueItem {
  key: string;
  label?: ReactNode;
  value: ReactNode;
}

interface KeyValueProps {
  items: readonly KeyValueItem[];
  /** Values at the right end, for numbers. */
  right?: boolean;
  mono?: boolean;
  className?: string;
}

export function KeyValue({ items, right, mono, className }: KeyValueProps) {
  return (
    <dl
      className={cn(
        'grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4',
        mono ? 'gap-y-1 font-mono text-[12px] leading-5' : 'gap-y-1.5 text-small',
        className,
      )}
    >
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="text-fg-3">{item.label ?? item.key}</dt>
          <dd className={cn('min-w-0 truncate', right && 'text-right tabular-nums')}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A few facts in a line between hairlines: label over value. */
export function Facts({ items, className }: { items: readonly KeyValueItem[]; className?: string }) {
  return (
    <dl className={cn('flex flex-wrap justify-between gap-x-4 gap-y-2.5 border-y border-line py-2.5 text-small', className)}>
      {items.map((item) => (
        <div key={item.key} className="min-w-0">
          <dt className="text-meta text-fg-3">{item.label ?? item.key}</dt>
          <dd className="min-w-0 truncate">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

'use client';

import { X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

interface FilterChipProps extends Omit<ComponentProps<'button'>, 'value'> {
  icon?: ReactNode;
  label: string;
  /** What is filtered for; without it the chip offers the filter. */
  value?: ReactNode;
  onClear?: () => void;
}

/** The trigger of a filter's menu or popover: dashed while unused, "Status is Failed ×" while set. */
export function FilterChip({ icon, label, value, onClear, className, ...rest }: FilterChipProps) {
  return (
    <span
      className={cn(
        'inline-flex h-control flex-none items-center rounded-control border border-line-strong text-small font-medium whitespace-nowrap hover:bg-hover',
        value ? 'text-fg' : 'border-dashed text-fg-2',
      )}
    >
      <button
        type="button"
        className={cn(
          'inline-flex h-full items-center gap-1.5 rounded-control px-2.5 [&_.lucide]:size-3.5 [&_.lucide]:text-fg-3',
          className,
        )}
        {...rest}
      >
        {value ? (
          <span>
            {label} is <span className="text-accent-text">{value}</span>
          </span>
        ) : (
          <>
            {icon}
            {label}
          </>
        )}
      </button>
      {value && onClear && (
        <button
          type="button"
          aria-label={`Clear ${label}`}
          onClick={onClear}
          className="-ml-2 grid h-full w-7 place-items-center rounded-control text-fg-3 hover:text-fg"
        >
          <X className="size-3.5" />
        </button>
      )}
    </span>
  );
}

interface FilterBarProps {
  label: string;
  /** At the end of the line: a count, a live sign. */
  end?: ReactNode;
  children: ReactNode;
}

/** The line of filters over a list; scrolls sideways on phones. */
export function FilterBar({ label, end, children }: FilterBarProps) {
  return (
    <search
      aria-label={label}
      className="no-scrollbar flex items-center gap-2 py-3 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 sm:flex-wrap"
    >
      {children}
      {end && <span className="ml-auto flex flex-none items-center gap-2 text-meta text-fg-3 tabular-nums max-sm:hidden">{end}</span>}
    </search>
  );
}

'use client';

import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { controlBoxClass, controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';

interface InputProps extends ComponentProps<'input'> {
  invalid?: boolean;
  /** Monospaced: URLs, ids, patterns. */
  mono?: boolean;
  /** Inside the box before or after the text: a unit, an icon, a small button. */
  before?: ReactNode;
  after?: ReactNode;
}

export function Input({ invalid, mono, before, after, className, ...rest }: InputProps) {
  const field = useFieldControl({ ...rest, invalid });
  const text = cn(mono && 'font-mono text-code', rest.type === 'number' && 'text-right tabular-nums');
  if (!before && !after)
    return <input autoComplete="off" {...rest} {...field} className={cn(controlClass, 'h-control px-2.5', text, className)} />;
  return (
    <span className={cn(controlBoxClass, 'flex h-control items-center gap-2 px-2.5', className)}>
      {before && <span className="flex flex-none items-center text-fg-3">{before}</span>}
      <input autoComplete="off" {...rest} {...field} className={cn('min-w-0 flex-1 bg-transparent outline-none', text)} />
      {after && <span className="-mr-1 flex flex-none items-center text-fg-3">{after}</span>}
    </span>
  );
}

interface SearchInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string;
}

/** A search field: named by its icon and placeholder, so its border may be lighter. */
export function SearchInput({ label, className, ...rest }: SearchInputProps) {
  return (
    <span className={cn('relative block h-control', className)}>
      <Search className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-fg-3" />
      <input
        type="search"
        aria-label={label}
        autoComplete="off"
        {...rest}
        className={cn(controlClass, 'h-control border-line-strong pr-2.5 pl-8')}
      />
    </span>
  );
}

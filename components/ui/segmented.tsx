'use client';

import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';
import { useFieldGroup } from './field.tsx';

const BOX = 'inline-flex flex-none gap-0.5 rounded-control border border-line bg-background p-0.5';
const ITEM =
  'inline-flex flex-none items-center gap-1.5 rounded-sm border border-transparent text-small font-medium whitespace-nowrap text-fg-2 transition-colors duration-fast hover:text-fg ' +
  'aria-[current]:border-line-strong aria-[current]:bg-panel aria-[current]:text-fg has-checked:border-line-strong has-checked:bg-panel has-checked:text-fg';
const SIZE = { md: 'h-control', sm: 'h-control-sm' };
const ITEM_SIZE = { md: 'px-2.5', sm: 'px-2' };

interface SegmentedProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; count?: ReactNode }[];
  size?: 'md' | 'sm';
  'aria-label'?: string;
  className?: string;
}

/** One of a few, all of them visible. */
export function Segmented<Value extends string>({ value, onChange, options, size = 'md', className, ...rest }: SegmentedProps<Value>) {
  const field = useFieldGroup();
  const name = useId();
  return (
    <div role="radiogroup" {...field} aria-label={rest['aria-label']} className={cn(BOX, SIZE[size], 'w-fit', className)}>
      {options.map((option) => (
        <label key={option.value} className={cn(ITEM, ITEM_SIZE[size], 'relative')}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 appearance-none rounded-sm"
          />
          {option.label}
          {option.count !== undefined && <span className="font-normal text-fg-3 tabular-nums">{option.count}</span>}
        </label>
      ))}
    </div>
  );
}

interface SegmentedLinksProps {
  label: string;
  links: readonly { href: string; label: ReactNode; current: boolean }[];
  size?: 'md' | 'sm';
}

/** The same look for two views of one thing that are pages: List, History. */
export function SegmentedLinks({ label, links, size = 'md' }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className={cn(BOX, SIZE[size])}>
      {links.map((link) => (
        <Link key={link.href} href={link.href} aria-current={link.current ? 'page' : undefined} className={cn(ITEM, ITEM_SIZE[size])}>
          {link.label}
        </Link>
      ))}
    </nav>
  );
}

'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface ChipProps {
  /** `tag` is a word people gave; `alias` a name in code; `on` marks the one that matters. */
  kind?: 'tag' | 'alias' | 'on';
  icon?: ReactNode;
  onRemove?: () => void;
  /** Needed with `onRemove` when the content is not plain text. */
  name?: string;
  className?: string;
  children: ReactNode;
}

const KIND = {
  tag: 'border-transparent bg-neutral-tint text-fg-2',
  alias: 'border-line-strong bg-panel font-mono text-fg',
  on: 'border-accent-line bg-accent-tint font-mono text-accent-text',
};

export function Chip({ kind = 'tag', icon, onRemove, name, className, children }: ChipProps) {
  return (
    <span
      className={cn(
        'inline-flex h-[22px] max-w-full items-center gap-1.5 rounded-xs border px-[7px] text-meta whitespace-nowrap [&_.lucide]:size-3 [&_.lucide]:text-fg-3',
        KIND[kind],
        onRemove && 'pr-0',
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove ${name ?? children}`}
          onClick={onRemove}
          className="-ml-1 grid size-[22px] place-items-center rounded-xs"
        >
          <X />
        </button>
      )}
    </span>
  );
}

interface VariableChipProps {
  name: string;
  /** What it stands for in the sample. */
  sample?: string;
  onInsert: () => void;
}

/** A variable that goes into the text on click. */
export function VariableChip({ name, sample, onInsert }: VariableChipProps) {
  return (
    <button
      type="button"
      onClick={onInsert}
      className="inline-flex h-6 max-w-full items-center gap-2 rounded-xs border border-line-strong bg-panel px-[7px] font-mono text-meta text-fg hover:bg-hover"
    >
      <span className="flex-none">{name}</span>
      {sample !== undefined && <span className="max-w-37 truncate text-fg-3">{sample}</span>}
    </button>
  );
}

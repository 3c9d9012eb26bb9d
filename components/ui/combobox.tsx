'use client';

import { ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';
import { useFloatOnDemand } from './float-on-demand.tsx';

export interface ComboboxOption {
  value: string;
  label?: string;
  icon?: ReactNode;
  /** Lighter, at the end of the line: a count, a last value. */
  meta?: ReactNode;
  /** A second, lighter line in the list; found by the search too. */
  description?: string;
}

export interface ComboboxProps {
  value?: string;
  onChange: (value: string) => void;
  options: readonly ComboboxOption[];
  /** Given, the options are the answer to this search and are not filtered here. */
  onSearch?: (query: string) => void;
  loading?: boolean;
  /** What was typed may be taken as it is. */
  freeText?: boolean;
  placeholder?: string;
  searchPlaceholder?: string;
  emptyText?: ReactNode;
  icon?: ReactNode;
  mono?: boolean;
  size?: 'md' | 'inline';
  disabled?: boolean;
  invalid?: boolean;
  id?: string;
  'aria-label'?: string;
  className?: string;
}

const SIZE = {
  md: 'h-control px-2.5 gap-2',
  inline: 'h-8 sm:h-7 w-auto! max-w-full inline-flex! align-middle rounded-tight! pl-2 pr-1.5 gap-1 text-small! font-medium',
};

const load = () => import('./combobox-float.tsx');

/** A select with search, for long or remote lists. */
export function Combobox(props: ComboboxProps) {
  const { value, options, placeholder = 'Choose', icon, mono, size = 'md', disabled, className } = props;
  const field = useFieldControl(props);
  const listId = useId();
  const float = useFloatOnDemand(load, {});
  const Float = float.parts;
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      {float.attach(
        <button
          type="button"
          {...field}
          role="combobox"
          aria-haspopup="dialog"
          aria-expanded={float.open}
          aria-controls={float.open ? listId : undefined}
          disabled={disabled}
          className={cn(controlClass, 'flex items-center text-left', SIZE[size], mono && 'font-mono', !value && 'text-fg-3', className)}
        >
          {chosen?.icon ?? icon}
          <span className="min-w-0 flex-1 truncate">{chosen?.label ?? (value || placeholder)}</span>
          <ChevronsUpDown className="size-3.5 text-fg-3" />
        </button>,
      )}
      {Float && <Float.ComboboxFloat {...props} listId={listId} open={float.open} onOpenChange={float.setOpen} trigger={float.trigger} />}
    </>
  );
}

'use client';

import * as Popover from '@radix-ui/react-popover';
import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';
import { floatClass, menuItemClass } from './menu-class.ts';
import { Spinner } from './spinner.tsx';

export interface ComboboxOption {
  value: string;
  label?: string;
  icon?: ReactNode;
  /** Lighter, at the end of the line: a count, a last value. */
  meta?: ReactNode;
  /** A second, lighter line in the list; found by the search too. */
  description?: string;
}

interface ComboboxProps {
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

/** A select with search, for long or remote lists. */
export function Combobox(props: ComboboxProps) {
  const { value, options, placeholder = 'Choose', icon, mono, size = 'md', disabled, className } = props;
  const [open, setOpen] = useState(false);
  const field = useFieldControl(props);
  const listId = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        {...field}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        disabled={disabled}
        className={cn(controlClass, 'flex items-center text-left', SIZE[size], mono && 'font-mono', !value && 'text-fg-3', className)}
      >
        {chosen?.icon ?? icon}
        <span className="min-w-0 flex-1 truncate">{chosen?.label ?? (value || placeholder)}</span>
        <ChevronsUpDown className="size-3.5 text-fg-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cn(floatClass, 'w-(--radix-popover-trigger-width) max-w-[calc(100vw-16px)] min-w-64 overflow-hidden')}
        >
          <OptionList {...props} listId={listId} close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OptionList({ listId, close, ...props }: ComboboxProps & { listId: string; close: () => void }) {
  const { value, onChange, options, onSearch, loading, freeText, searchPlaceholder = 'Search', emptyText = 'Nothing found', mono } = props;
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const offersTyped = freeText && typed !== '' && !options.some((option) => option.value === typed);
  const choose = (next: string) => {
    onChange(next);
    close();
  };
  return (
    <Command shouldFilter={!onSearch} defaultValue={value} loop>
      <div className="flex h-9 items-center gap-2 border-b border-line px-3">
        <Command.Input
          value={query}
          onValueChange={(next) => {
            setQuery(next);
            onSearch?.(next);
          }}
          placeholder={searchPlaceholder}
          className={cn('min-w-0 flex-1 bg-transparent text-small outline-none', mono && 'font-mono text-code')}
        />
        {loading && <Spinner className="text-fg-3" />}
      </div>
      <Command.List id={listId} className="max-h-72 overflow-y-auto p-1" aria-busy={loading || undefined}>
        {!loading && !offersTyped && <Command.Empty className="px-2 py-1.5 text-small text-fg-2">{emptyText}</Command.Empty>}
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, option.description].filter((text) => text !== undefined)}
            onSelect={() => choose(option.value)}
            className={cn(menuItemClass, mono && 'font-mono text-code', option.description && 'py-1.5')}
          >
            {option.icon}
            <span className={cn('min-w-0', !option.description && 'truncate')}>
              {option.label ?? option.value}
              {option.description && <span className="block font-sans text-meta text-fg-3">{option.description}</span>}
            </span>
            {option.meta && <span className="ml-auto flex-none pl-3 font-sans text-meta text-fg-3">{option.meta}</span>}
            {option.value === value && <Check className={cn(!option.meta && 'ml-auto')} />}
          </Command.Item>
        ))}
        {offersTyped && (
          <Command.Item value={`use ${typed}`} keywords={[typed]} forceMount onSelect={() => choose(typed)} className={menuItemClass}>
            <span className="truncate">
              Use “<span className={cn(mono && 'font-mono text-code')}>{typed}</span>”
            </span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}

'use client';

import * as Popover from '@radix-ui/react-popover';
import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { cn } from './class-names.ts';
import type { ComboboxProps } from './combobox.tsx';
import { floatClass, menuItemClass } from './menu-class.ts';
import { Spinner } from './spinner.tsx';

interface ComboboxFloatProps extends ComboboxProps {
  listId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ReactElement;
}

/** The list under a combobox, with its search. */
export function ComboboxFloat({ open, onOpenChange, trigger, ...props }: ComboboxFloatProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cn(floatClass, 'w-(--radix-popover-trigger-width) max-w-[calc(100vw-16px)] min-w-64 overflow-hidden')}
        >
          <OptionList {...props} close={() => onOpenChange(false)} />
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

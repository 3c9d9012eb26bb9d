'use client';

import * as Radix from '@radix-ui/react-select';
import { Check, ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';
import { floatClass, menuItemClass } from './menu-class.ts';

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: ReactNode;
  icon?: ReactNode;
  /** A second, lighter line in the list. */
  description?: ReactNode;
  disabled?: boolean;
}

export interface SelectGroup<Value extends string = string> {
  heading: string;
  options: readonly SelectOption<Value>[];
}

interface SelectProps<Value extends string> {
  value?: Value;
  onChange: (value: Value) => void;
  options: readonly (SelectOption<Value> | SelectGroup<Value>)[];
  placeholder?: string;
  /** `inline` reads as a word of a sentence, `sm` stands in headers, `md` in forms. */
  size?: 'md' | 'sm' | 'inline';
  mono?: boolean;
  disabled?: boolean;
  invalid?: boolean;
  name?: string;
  id?: string;
  'aria-label'?: string;
  className?: string;
}

const SIZE = {
  md: 'h-control px-2.5 gap-2',
  sm: 'h-control-sm px-2 gap-1.5 border-line-strong! rounded-tight!',
  inline: 'h-8 sm:h-7 w-auto! max-w-full inline-flex! align-middle rounded-tight! pl-2 pr-1.5 gap-1 text-base! font-medium',
};

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onChange, options, placeholder, size = 'md', mono, disabled, name, className } = props;
  const field = useFieldControl(props);
  return (
    <Radix.Root value={value ?? ''} onValueChange={(next) => onChange(next as Value)} disabled={disabled} name={name}>
      <Radix.Trigger
        {...field}
        className={cn(controlClass, 'flex items-center text-left data-[placeholder]:text-fg-3', SIZE[size], mono && 'font-mono', className)}
      >
        <span className="flex min-w-0 flex-1 items-center gap-2 truncate [&_.lucide]:text-fg-2 [&_[data-description]]:hidden [&>span]:truncate">
          <Radix.Value placeholder={placeholder ?? 'Choose'} />
        </span>
        <ChevronsUpDown className="size-3.5 text-fg-3" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            floatClass,
            'max-h-(--radix-select-content-available-height) max-w-[calc(100vw-16px)] min-w-(--radix-select-trigger-width) overflow-hidden p-1',
          )}
        >
          <Radix.ScrollUpButton className="grid h-5 place-items-center text-fg-3">
            <ChevronUp className="size-3.5" />
          </Radix.ScrollUpButton>
          <Radix.Viewport>
            {options.map((entry) =>
              'options' in entry ? (
                <Radix.Group key={entry.heading}>
                  <Radix.Label className="px-2 pt-2 pb-1 text-meta font-medium text-fg-3">{entry.heading}</Radix.Label>
                  {entry.options.map((option) => (
                    <Item key={option.value} option={option} mono={mono} />
                  ))}
                </Radix.Group>
              ) : (
                <Item key={entry.value} option={entry} mono={mono} />
              ),
            )}
          </Radix.Viewport>
          <Radix.ScrollDownButton className="grid h-5 place-items-center text-fg-3">
            <ChevronDown className="size-3.5" />
          </Radix.ScrollDownButton>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ option, mono }: { option: SelectOption; mono?: boolean }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled}
      className={cn(menuItemClass, Boolean(option.description) && 'py-1.5', mono && 'font-mono text-code')}
    >
      <Radix.ItemText>
        <span className="flex min-w-0 items-center gap-2">
          {option.icon}
          <span className="min-w-0 truncate">
            {option.label}
            {option.description && (
              <span data-description className="block font-sans text-meta whitespace-normal text-fg-3">
                {option.description}
              </span>
            )}
          </span>
        </span>
      </Radix.ItemText>
      <Radix.ItemIndicator className="ml-auto pl-3">
        <Check />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

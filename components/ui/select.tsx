'use client';

import { Check, ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';
import { useFloatOnDemand } from './float-on-demand.tsx';
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

const load = () => import('@radix-ui/react-select');
type Parts = Awaited<ReturnType<typeof load>>;

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onChange, options, placeholder = 'Choose', size = 'md', mono, disabled, name, className } = props;
  const field = useFieldControl(props);
  const float = useFloatOnDemand(load, { role: 'combobox', 'aria-expanded': false, 'aria-autocomplete': 'none' });
  const Radix = float.parts;
  const chosen = options.flatMap((entry) => ('options' in entry ? entry.options : entry)).find((option) => option.value === value);
  return (
    <>
      {float.attach(
        <button
          type="button"
          {...field}
          disabled={disabled}
          className={cn(controlClass, 'flex items-center text-left', !chosen && 'text-fg-3', SIZE[size], mono && 'font-mono', className)}
        >
          <span className="flex min-w-0 flex-1 items-center gap-2 truncate [&_.lucide]:text-fg-2">
            {chosen?.icon}
            <span className="min-w-0 truncate">{chosen ? chosen.label : placeholder}</span>
          </span>
          <ChevronsUpDown className="size-3.5 text-fg-3" />
        </button>,
      )}
      {Radix && (
        <Radix.Root
          value={value ?? ''}
          onValueChange={(next) => onChange(next as Value)}
          open={float.open}
          onOpenChange={float.setOpen}
          disabled={disabled}
          name={name}
        >
          <Radix.Trigger asChild>{float.trigger}</Radix.Trigger>
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
                        <Item key={option.value} parts={Radix} option={option} mono={mono} />
                      ))}
                    </Radix.Group>
                  ) : (
                    <Item key={entry.value} parts={Radix} option={entry} mono={mono} />
                  ),
                )}
              </Radix.Viewport>
              <Radix.ScrollDownButton className="grid h-5 place-items-center text-fg-3">
                <ChevronDown className="size-3.5" />
              </Radix.ScrollDownButton>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </>
  );
}

function Item({ parts: Radix, option, mono }: { parts: Parts; option: SelectOption; mono?: boolean }) {
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
            {option.description && <span className="block font-sans text-meta whitespace-normal text-fg-3">{option.description}</span>}
          </span>
        </span>
      </Radix.ItemText>
      <Radix.ItemIndicator className="ml-auto pl-3">
        <Check />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';
import { useFieldGroup } from './field.tsx';

export interface RadioOption<Value extends string = string> {
  value: Value;
  label: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps<Value extends string> {
  value?: Value;
  onChange: (value: Value) => void;
  options: readonly RadioOption<Value>[];
  /** Cards: each choice in a box, side by side where there is room. */
  cards?: boolean;
  name?: string;
  'aria-label'?: string;
  className?: string;
}

/** Inside a Field give that `group`, so its label names this. */
export function RadioGroup<Value extends string>({ value, onChange, options, cards, name, className, ...rest }: RadioGroupProps<Value>) {
  const field = useFieldGroup();
  const generated = useId();
  return (
    <div
      role="radiogroup"
      {...field}
      aria-label={rest['aria-label']}
      className={cn(cards ? 'grid grid-cols-[repeat(auto-fit,minmax(min(176px,100%),1fr))] gap-2' : 'flex flex-col gap-2.5', className)}
    >
      {options.map((option) => (
        <Choice
          key={option.value}
          option={option}
          card={cards}
          name={name ?? generated}
          chosen={option.value === value}
          onChoose={() => onChange(option.value)}
        />
      ))}
    </div>
  );
}

interface ChoiceProps {
  option: RadioOption;
  card?: boolean;
  name: string;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ option, card, name, chosen, onChoose }: ChoiceProps) {
  const id = useId();
  const text = option.description ? `${id}-text` : undefined;
  return (
    <label
      htmlFor={id}
      className={cn(
        'flex items-start gap-2 text-small has-disabled:opacity-50',
        card &&
          'rounded-control border border-line-strong px-3 py-2.5 transition-colors duration-fast hover:bg-hover has-checked:border-accent has-checked:bg-accent-tint',
      )}
    >
      <input
        type="radio"
        id={id}
        name={name}
        value={option.value}
        checked={chosen}
        onChange={onChoose}
        disabled={option.disabled}
        aria-describedby={text}
        className="mt-0.5 size-4 flex-none appearance-none rounded-full border border-line-control bg-panel checked:border-5 checked:border-accent checked:bg-white"
      />
      <span className="min-w-0 flex-1">
        <span className={cn('flex items-center gap-1.5', card && 'font-medium')}>
          {option.icon}
          {option.label}
        </span>
        {option.description && (
          <span id={text} className={cn('block text-meta', card ? 'text-fg-2' : 'text-fg-3')}>
            {option.description}
          </span>
        )}
      </span>
    </label>
  );
}

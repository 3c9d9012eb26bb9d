'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cn } from './class-names.ts';
import { controlBoxClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';

interface TokenInputProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  mono?: boolean;
  disabled?: boolean;
  invalid?: boolean;
  id?: string;
  'aria-label'?: string;
  className?: string;
}

/** Several short texts: tags, hosts, aliases. Enter or comma adds, Backspace takes the last one away. */
export function TokenInput({ values, onChange, placeholder, mono, disabled, className, ...rest }: TokenInputProps) {
  const [typed, setTyped] = useState('');
  const field = useFieldControl(rest);
  const add = () => {
    const fresh = typed
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '' && !values.includes(part));
    if (fresh.length > 0) onChange([...values, ...fresh]);
    setTyped('');
  };
  const press = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' && typed.trim() !== '') || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '') onChange(values.slice(0, -1));
  };
  return (
    <span className={cn(controlBoxClass, 'flex min-h-control flex-wrap items-center gap-1.5 px-1.5 py-1', className)}>
      {values.map((value) => (
        <span
          key={value}
          className={cn(
            'inline-flex h-[22px] max-w-full items-center rounded-xs bg-neutral-tint pl-1.5 text-meta text-fg-2',
            mono && 'font-mono',
          )}
        >
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            disabled={disabled}
            onClick={() => onChange(values.filter((other) => other !== value))}
            className="grid size-[22px] place-items-center rounded-xs hover:text-fg"
          >
            <X className="size-3 stroke-2" />
          </button>
        </span>
      ))}
      <input
        {...field}
        value={typed}
        disabled={disabled}
        autoComplete="off"
        placeholder={values.length === 0 ? placeholder : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
        onBlur={add}
        className={cn('min-w-20 flex-1 bg-transparent px-1 outline-none', mono && 'font-mono text-code')}
      />
    </span>
  );
}

'use client';

import { Check, Minus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'onChange' | 'checked'> {
  checked: boolean | 'indeterminate';
  onChange: (checked: boolean) => void;
  /** Text beside the box; without it give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
}

export function Checkbox({ checked, onChange, label, description, className, id, ...rest }: CheckboxProps) {
  const generated = useId();
  const boxId = id ?? generated;
  const partly = checked === 'indeterminate';
  const Sign = partly ? Minus : Check;
  const box = (
    <span className={cn('relative grid size-4 flex-none place-items-center text-accent-on', !label && className)}>
      <input
        type="checkbox"
        id={boxId}
        ref={(input) => {
          if (input) input.indeterminate = partly;
        }}
        checked={checked === true}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={description ? `${boxId}-description` : undefined}
        className={cn(
          'absolute inset-0 appearance-none rounded-xs border border-line-control bg-panel after:absolute after:-inset-1',
          'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent',
          'disabled:cursor-not-allowed disabled:opacity-50',
        )}
        {...rest}
      />
      {checked && <Sign className="pointer-events-none relative size-3 stroke-3" />}
    </span>
  );
  if (!label) return box;
  return (
    <span className={cn('flex items-start gap-2 text-small', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">
        <label htmlFor={boxId}>{label}</label>
        {description && (
          <span id={`${boxId}-description`} className="block text-meta text-fg-3">
            {description}
          </span>
        )}
      </span>
    </span>
  );
}

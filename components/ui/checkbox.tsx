'use client';

import * as Radix from '@radix-ui/react-checkbox';
import { Check, Minus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

interface CheckboxProps extends Omit<ComponentProps<typeof Radix.Root>, 'onChange' | 'checked'> {
  checked: boolean | 'indeterminate';
  onChange: (checked: boolean) => void;
  /** Text beside the box; without it give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
}

export function Checkbox({ checked, onChange, label, description, className, id, ...rest }: CheckboxProps) {
  const generated = useId();
  const boxId = id ?? generated;
  const box = (
    <Radix.Root
      id={boxId}
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
      aria-describedby={description ? `${boxId}-description` : undefined}
      className={cn(
        'relative grid size-4 flex-none place-items-center rounded-xs border border-line-control bg-panel text-accent-on after:absolute after:-inset-1',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        'disabled:cursor-not-allowed disabled:opacity-50',
        !label && className,
      )}
      {...rest}
    >
      <Radix.Indicator>
        {checked === 'indeterminate' ? <Minus className="size-3 stroke-3" /> : <Check className="size-3 stroke-3" />}
      </Radix.Indicator>
    </Radix.Root>
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

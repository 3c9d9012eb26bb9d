'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { useFieldControl } from './field.tsx';

interface SwitchProps extends Omit<ComponentProps<'button'>, 'onChange'> {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Takes effect at once. Named by the Field around it or by `aria-label`. */
export function Switch({ checked, onChange, className, ...rest }: SwitchProps) {
  const field = useFieldControl(rest);
  return (
    <button
      type="button"
      role="switch"
      {...rest}
      {...field}
      aria-checked={checked}
      onClick={() => onChange(!checked)}
      className={cn(
        'group/switch relative block h-4 w-7 flex-none rounded-full bg-line-control transition-colors duration-fast before:absolute before:-inset-x-1.5 before:-inset-y-2 aria-checked:bg-accent disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
    >
      <span className="block size-3 translate-x-0.5 rounded-full bg-white transition-transform duration-fast group-aria-checked/switch:translate-x-3.5" />
    </button>
  );
}

'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { Combobox } from './combobox.tsx';
import { controlClass } from './control-class.ts';
import { useFieldGroup } from './field.tsx';
import { Select } from './select.tsx';

/** A form that reads as a sentence: words, and between them SentenceSelect, SentenceInput, SentenceCombobox. */
export function Sentence({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const field = useFieldGroup();
  return (
    <fieldset
      aria-labelledby={field['aria-labelledby']}
      aria-describedby={field['aria-describedby']}
      className={cn(
        'min-w-0 rounded-panel border border-line bg-background px-3 py-2 text-base leading-[42px] text-fg-2 sm:leading-[38px]',
        className,
      )}
    >
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  );
}

type SelectProps<Value extends string> = Omit<ComponentProps<typeof Select<Value>>, 'size'> & { 'aria-label': string };

export function SentenceSelect<Value extends string>({ className, ...rest }: SelectProps<Value>) {
  return <Select size="inline" className={cn('mx-px leading-5', className)} {...rest} />;
}

type ComboProps = Omit<ComponentProps<typeof Combobox>, 'size'> & { 'aria-label': string };

export function SentenceCombobox({ className, ...rest }: ComboProps) {
  return <Combobox size="inline" className={cn('mx-px leading-5', className)} {...rest} />;
}

interface SentenceInputProps extends Omit<ComponentProps<'input'>, 'size'> {
  'aria-label': string;
  /** In characters; the field grows with what is typed, from this on. */
  size?: number;
  invalid?: boolean;
}

export function SentenceInput({ size = 3, invalid, className, value, ...rest }: SentenceInputProps) {
  const characters = Math.max(size, String(value ?? '').length);
  return (
    <input
      autoComplete="off"
      aria-invalid={invalid || undefined}
      value={value}
      style={{ width: `calc(${characters}ch + 20px)` }}
      className={cn(
        controlClass,
        'mx-px inline-block h-8 w-auto max-w-full rounded-tight! px-1 text-center align-middle text-base! leading-5 font-medium tabular-nums sm:h-7',
        className,
      )}
      {...rest}
    />
  );
}

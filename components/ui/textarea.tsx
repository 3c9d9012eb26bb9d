'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './control-class.ts';
import { useFieldControl } from './field.tsx';

interface TextareaProps extends ComponentProps<'textarea'> {
  invalid?: boolean;
  mono?: boolean;
}

/** Grows with its content where the browser can (field-sizing), from `rows` on. */
export function Textarea({ invalid, mono, className, rows = 3, ...rest }: TextareaProps) {
  const field = useFieldControl({ ...rest, invalid });
  return (
    <textarea
      rows={rows}
      {...rest}
      {...field}
      className={cn(
        controlClass,
        'block max-h-96 min-h-16 resize-y px-2.5 py-1.5 field-sizing-content',
        mono && 'font-mono text-code',
        className,
      )}
    />
  );
}

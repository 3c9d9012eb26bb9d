import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** A link in running text. Set `underlined` where colour alone would have to tell it apart from its sentence. */
export function TextLink({ underlined, className, ...rest }: ComponentProps<typeof Link> & { underlined?: boolean }) {
  return (
    <Link
      className={cn(
        'rounded-[2px] font-medium text-accent-text underline-offset-2 hover:underline',
        underlined && 'underline decoration-1',
        className,
      )}
      {...rest}
    />
  );
}

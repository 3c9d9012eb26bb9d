'use client';

import Link from 'next/link';
import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts';
import { cn } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

interface Look {
  variant?: ButtonVariant;
  size?: ButtonSize;
}

interface ButtonProps extends Look, ComponentProps<'button'> {
  /** Work is under way: a spinner shows, clicks do nothing, focus stays. */
  loading?: boolean;
  /** Disables the button and says why on hover and focus. */
  disabledReason?: string;
}

export function Button({ variant, size, loading, disabledReason, disabled, className, children, onClick, type, ...rest }: ButtonProps) {
  const idle = disabled || Boolean(disabledReason);
  const blocked = idle || loading;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (blocked) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <Tooltip content={disabledReason}>
      <button
        type={type ?? 'button'}
        aria-disabled={blocked || undefined}
        aria-busy={loading || undefined}
        className={cn(buttonClass(variant, size), className)}
        onClick={press}
        {...rest}
      >
        {loading && <Spinner />}
        {children}
      </button>
    </Tooltip>
  );
}

interface ButtonLinkProps extends Look, ComponentProps<typeof Link> {}

export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link className={cn(buttonClass(variant, size), className)} {...rest} />;
}

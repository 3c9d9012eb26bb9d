'use client';

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts';
import { cn } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

interface IconLook {
  /** The name for screen readers, shown as tooltip. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
}

interface IconButtonProps extends IconLook, ComponentProps<'button'> {
  loading?: boolean;
}

export function IconButton({ label, variant = 'ghost', size, tooltipSide, loading, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        aria-busy={loading || undefined}
        className={cn(buttonClass(variant, size, true), className)}
        {...rest}
      >
        {loading ? <Spinner /> : children}
      </button>
    </Tooltip>
  );
}

interface IconLinkProps extends IconLook, ComponentProps<typeof Link> {}

export function IconLink({ label, variant = 'ghost', size, tooltipSide, className, ...rest }: IconLinkProps) {
  return (
    <Tooltip content={label} side={tooltipSide}>
      <Link aria-label={label} className={cn(buttonClass(variant, size, true), className)} {...rest} />
    </Tooltip>
  );
}

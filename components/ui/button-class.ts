import { cn } from './class-names.ts';

export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger';
export type ButtonSize = 'md' | 'sm';

const VARIANT: Record<ButtonVariant, string> = {
  default: 'border-line-strong bg-panel text-fg not-aria-disabled:hover:bg-hover [&_.lucide]:text-fg-2',
  primary: 'border-transparent bg-accent text-accent-on not-aria-disabled:hover:bg-accent-hover',
  ghost: 'border-transparent text-fg-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-fg data-[state=open]:bg-hover',
  danger: 'border-transparent bg-danger-solid text-danger-on not-aria-disabled:hover:bg-danger-solid-hover',
};

const SIZE: Record<ButtonSize, string> = {
  md: 'h-control rounded-control px-3',
  sm: 'h-control-sm rounded-tight px-2.5 [&_.lucide]:size-3.5',
};

const ICON_SIZE: Record<ButtonSize, string> = { md: 'size-control rounded-control', sm: 'size-control-sm rounded-tight' };

const BASE =
  'inline-flex flex-none items-center justify-center gap-1.5 whitespace-nowrap border text-small font-medium select-none transition-colors duration-fast aria-disabled:cursor-not-allowed aria-disabled:not-aria-busy:opacity-50 aria-busy:cursor-progress';

/** The look of a button, for links and triggers that are not one. */
export function buttonClass(variant: ButtonVariant = 'default', size: ButtonSize = 'md', icon = false): string {
  return cn(BASE, VARIANT[variant], icon ? ICON_SIZE[size] : SIZE[size]);
}

import { cn } from './class-names.ts';

/** A sign that work goes on, beside a word that says which. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'spinner size-3.5 flex-none animate-spin rounded-full border-2 border-[color-mix(in_srgb,currentColor_32%,transparent)] border-t-current',
        className,
      )}
    />
  );
}

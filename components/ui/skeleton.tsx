import { cn } from './class-names.ts';

/** A bar where text will be. Give it a width; height is 10 px unless said otherwise. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-2.5 animate-dim rounded-xs bg-pressed', className)} />;
}

const WIDTHS = ['w-full', 'w-11/12', 'w-4/5', 'w-full', 'w-2/3'];

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span className="flex flex-col gap-2.5 py-1">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a placeholder have no other identity.
        <Skeleton key={line} className={WIDTHS[line % WIDTHS.length]} />
      ))}
    </span>
  );
}

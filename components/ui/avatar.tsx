import { cn } from './class-names.ts';

/** Two letters for a person. */
export function Avatar({ name, size = 'sm', className }: { name: string; size?: 'sm' | 'md'; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-grid flex-none place-items-center rounded-full bg-pressed font-semibold tracking-[0.01em] text-fg-2 select-none',
        size === 'md' ? 'size-6 text-axis' : 'size-5 text-[10px] leading-5',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

/** A person: letters and name. */
export function Person({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cn('flex min-w-0 items-center gap-1.5', className)}>
      <Avatar name={name} />
      <span className="truncate">{name}</span>
    </span>
  );
}

/** One letter for a team or an organization. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'grid size-5 flex-none place-items-center rounded-[5px] bg-fg text-axis leading-none font-semibold text-background select-none',
        className,
      )}
    >
      {name.trim().charAt(0).toUpperCase()}
    </span>
  );
}

function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.charAt(0)}${words.at(-1)?.charAt(0)}` : (words[0] ?? '?').slice(0, 2);
  return letters.toUpperCase();
}

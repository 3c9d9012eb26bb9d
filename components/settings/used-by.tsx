'use client';

import { Popover } from '#components/ui/popover.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { Use } from '#lib/contracts/view.ts';

/** How many automations use it; the number opens their names. */
export function UsedBy({ name, uses }: { name: string; uses: readonly Use[] }) {
  if (uses.length === 0) return <span className="text-fg-2">0</span>;
  const words = uses.length === 1 ? '1 automation' : `${uses.length} automations`;
  return (
    <Popover
      label={`Automations that use ${name}`}
      align="end"
      trigger={
        <button
          type="button"
          className="relative -mx-1 rounded-xs px-1 font-medium text-accent-text tabular-nums underline-offset-2 hover:underline"
          aria-label={`Used by ${words}`}
        >
          {uses.length}
        </button>
      }
    >
      <ul className="grid max-h-72 max-w-72 gap-1 overflow-y-auto text-small">
        {uses.map((use) => (
          <li key={use.id} className="min-w-0 truncate">
            {use.href ? <TextLink href={use.href}>{use.name}</TextLink> : <span className="text-fg-2">{use.name}</span>}
          </li>
        ))}
      </ul>
    </Popover>
  );
}

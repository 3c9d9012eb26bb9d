import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { Menu } from './menu.tsx';

interface PageHeaderProps {
  title: ReactNode;
  /** Lighter, before the title: "acme /". */
  owner?: string;
  badge?: ReactNode;
  /** Facts of the one-line meta, set apart by dots. */
  meta?: readonly ReactNode[];
  /** The one primary action. */
  action?: ReactNode;
  /** Items of the ⋯ menu. */
  menu?: ReactNode;
  className?: string;
}

export function PageHeader({ title, owner, badge, meta, action, menu, className }: PageHeaderProps) {
  return (
    <div className={cn('flex items-start gap-x-4 gap-y-3 pt-4 pb-2 sm:pt-5 sm:pb-3.5', Boolean(action) && 'max-sm:flex-wrap', className)}>
      <div className={cn('min-w-0 flex-1', Boolean(action) && 'max-sm:basis-full')}>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-title font-semibold tracking-[-0.012em] wrap-anywhere">
            {owner && <span className="mr-1.5 font-normal text-fg-3">{owner} /</span>}
            {title}
          </h1>
          {badge}
        </div>
        {meta && meta.length > 0 && <MetaLine items={meta} className="mt-0.5" />}
      </div>
      {(action || menu) && (
        <div className={cn('flex flex-none gap-2', Boolean(action) && 'max-sm:w-full max-sm:[&>:first-child:not([aria-label])]:flex-1')}>
          {action}
          {menu && <Menu variant="default">{menu}</Menu>}
        </div>
      )}
    </div>
  );
}

/** Facts in a line, set apart by dots; a dot at the start of a wrapped line is clipped away. */
export function MetaLine({ items, className }: { items: readonly ReactNode[]; className?: string }) {
  return (
    <div className={cn('-ml-3.5 flex flex-wrap items-center text-small text-fg-2 [clip-path:inset(-4px_-4px_-4px_14px)]', className)}>
      {items.map((item, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: facts have a fixed order.
          key={index}
          className="relative pl-3.5 before:absolute before:left-[5px] before:text-fg-3 before:content-['·']"
        >
          {item}
        </span>
      ))}
    </div>
  );
}

interface SectionHeaderProps {
  title: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
  level?: 2 | 3;
  className?: string;
}

/** The title of a part of the page. */
export function SectionHeader({ title, note, end, level = 2, className }: SectionHeaderProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={cn('flex flex-wrap items-center gap-2 pt-6 pb-2', className)}>
      <Heading className={cn('font-semibold', level === 2 ? 'text-base' : 'text-small')}>{title}</Heading>
      {note && <span className="text-meta text-fg-3">{note}</span>}
      {end && <span className="ml-auto flex items-center gap-2">{end}</span>}
    </div>
  );
}

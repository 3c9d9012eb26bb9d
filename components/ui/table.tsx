import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { type ComponentProps, createContext, type ReactNode, use } from 'react';
import { cn } from './class-names.ts';
import { Skeleton } from './skeleton.tsx';

interface TableLook {
  rows: 'one' | 'two';
  edge: boolean;
}

const TableContext = createContext<TableLook>({ rows: 'one', edge: true });

interface TableProps {
  /** Names the table for screen readers. */
  caption: string;
  /** Height of rows: one line 40 px, two lines 60 px. */
  rows?: 'one' | 'two';
  /** The table runs to the page's edges; false inside panels. */
  edge?: boolean;
  /** Below this width the table scrolls sideways instead of squeezing. Costs the sticky head there. */
  minWidth?: number;
  fixed?: boolean;
  className?: string;
  children: ReactNode;
}

export function Table({ caption, rows = 'one', edge = true, minWidth, fixed = true, className, children }: TableProps) {
  return (
    <div className={cn('@container', edge && '-mx-4 sm:-mx-6', minWidth !== undefined && 'max-xl:overflow-x-auto')}>
      <TableContext value={{ rows, edge }}>
        <table
          style={{ minWidth }}
          className={cn('w-full border-separate border-spacing-0 text-small tabular-nums', fixed && 'table-fixed', className)}
        >
          <caption className="sr-only">{caption}</caption>
          {children}
        </table>
      </TableContext>
    </div>
  );
}

/** Columns that go where the table has no room: `narrow` under 960 px, `phone` under 680 px of its own width. */
type Hide = 'phone' | 'narrow';
const HIDE: Record<Hide, string> = { phone: '@max-[680px]:hidden', narrow: '@max-[960px]:hidden' };

const EDGE = 'first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6';

/** The head row; it stays under the top bar while the rows scroll. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-topbar z-2 bg-panel">
      <tr>{children}</tr>
    </thead>
  );
}

export type SortDirection = 'ascending' | 'descending';

interface ThProps {
  /** CSS width of the column, in px. */
  width?: number;
  align?: 'left' | 'right';
  hide?: Hide;
  /** The head is for screen readers only. */
  silent?: boolean;
  sort?: SortDirection | 'none';
  onSort?: () => void;
  className?: string;
  children: ReactNode;
}

export function Th({ width, align = 'left', hide, silent, sort, onSort, className, children }: ThProps) {
  const { edge } = use(TableContext);
  const Arrow = sort === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      style={{ width }}
      aria-sort={sort}
      className={cn(
        'h-[34px] border-b border-line px-3 text-meta font-medium whitespace-nowrap text-fg-3',
        align === 'right' ? 'text-right' : 'text-left',
        edge && EDGE,
        hide && HIDE[hide],
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cn('inline-flex h-6 items-center gap-1 rounded-xs', sort && sort !== 'none' && 'text-fg')}
        >
          {children}
          {sort && sort !== 'none' && <Arrow className="size-3 stroke-2" />}
        </button>
      ) : silent ? (
        <span className="sr-only">{children}</span>
      ) : (
        children
      )}
    </th>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody>{children}</tbody>;
}

interface TrProps extends ComponentProps<'tr'> {
  selected?: boolean;
  /** Lighter text: switched off, never used. */
  muted?: boolean;
}

export function Tr({ selected, muted, className, ...rest }: TrProps) {
  return (
    <tr
      data-selected={selected || undefined}
      className={cn(
        'group/row relative',
        selected ? '[&>td]:bg-accent-tint' : '[&:hover>td]:bg-hover',
        muted && '[&_[data-name]]:text-fg-3',
        className,
      )}
      {...rest}
    />
  );
}

interface TdProps extends ComponentProps<'td'> {
  align?: 'left' | 'right';
  hide?: Hide;
  /** Holds the row's ⋯ button: its sign, not its box, ends where the page's content does. */
  menu?: boolean;
}

export function Td({ align, hide, menu, className, ...rest }: TdProps) {
  const { rows, edge } = use(TableContext);
  return (
    <td
      className={cn(
        'border-b border-line px-3 align-middle transition-colors duration-fast',
        rows === 'two' ? 'h-row-2 py-2' : 'h-row py-[5px]',
        align === 'right' && 'text-right',
        edge && EDGE,
        hide && HIDE[hide],
        menu && 'text-right last:pr-2.5! sm:last:pr-[18px]! [&>button]:relative',
        className,
      )}
      {...rest}
    />
  );
}

/**
 * The name of a row: its link covers the whole row, so buttons and links beside it need `relative`.
 * It does not prefetch: a list of fifty would ask the server for fifty pages nobody opens.
 */
export function RowLink({ className, children, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-name
      prefetch={false}
      className={cn(
        'inline-block max-w-full min-w-0 truncate align-top text-base font-medium text-fg after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus',
        className,
      )}
      {...rest}
    >
      {children}
    </Link>
  );
}

interface SkeletonRowsProps {
  /** One width class per column; empty for a column without a bar. */
  columns: readonly { width: string; align?: 'left' | 'right'; hide?: Hide }[];
  rows?: number;
}

/** Rows of the same height as those that come. */
export function SkeletonRows({ columns, rows = 8 }: SkeletonRowsProps) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder have no other identity.
    <tr key={row}>
      {columns.map(({ width, align, hide }, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <Td key={column} align={align} hide={hide}>
          {width && <Skeleton className={cn(width, align === 'right' && 'ml-auto')} />}
        </Td>
      ))}
    </tr>
  ));
}

import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { Skeleton } from './skeleton.tsx';

/** Columns that go where the table has no room: `narrow` under 960 px, `phone` under 680 px of its own width. */
type Hide = 'phone' | 'narrow';
const HIDE: Record<Hide, string> = { phone: '@max-[680px]:hidden', narrow: '@max-[960px]:hidden' };

/** All that a table says of a column: its head, its cells, and the bar that stands for one while they load. */
export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  /** In px; one column of a table does without and takes what is left. */
  width?: number;
  align?: 'left' | 'right';
  hide?: Hide;
  /** The head is for screen readers only. */
  silent?: boolean;
  /** Width class of the bar; absent where nothing is foreseen. */
  bar?: string;
  /** Of the cells. */
  className?: string;
}

/** The last column of many, but for its cell: a row's ⋯ button. Its sign, not its box, ends where the page's content does. */
export const MENU_COLUMN = {
  head: 'Actions',
  width: 58,
  align: 'right',
  silent: true,
  className: 'last:pr-2.5! sm:last:pr-[18px]! [&>button]:relative',
} satisfies Partial<Column<never>>;

interface TableProps<Row> {
  /** Names the table for screen readers. */
  caption: string;
  /** Absent while they load: bars stand in for them. */
  items: readonly Row[] | undefined;
  keyOf: (row: Row) => string;
  /** In their order; one that is not always there is false or undefined where it is not. */
  columns: readonly (Column<Row> | false | undefined)[];
  /** Height of rows: one line 40 px, two lines 60 px. */
  rows?: 'one' | 'two';
  loadingRows?: number;
  selected?: (row: Row) => boolean;
  /** Lighter text: switched off, never used. */
  muted?: (row: Row) => boolean;
}

const EDGE = 'px-3 first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6';

const placed = ({ align, hide }: Pick<Column<never>, 'align' | 'hide'>) =>
  cn(EDGE, align === 'right' ? 'text-right' : 'text-left', hide && HIDE[hide]);

/** Rows that run to the page's edges; the head stays under the top bar while they scroll. */
export function Table<Row>({ caption, items, keyOf, columns, rows = 'one', loadingRows = 8, selected, muted }: TableProps<Row>) {
  const shown = columns.filter((column) => !!column);
  const cellClass = cn(
    'border-b border-line align-middle transition-colors duration-fast',
    rows === 'two' ? 'h-row-2 py-2' : 'h-row py-[5px]',
  );
  return (
    <div className="@container -mx-4 sm:-mx-6">
      <table className="w-full table-fixed border-separate border-spacing-0 text-small tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-topbar z-2 bg-panel">
          <tr>
            {shown.map(({ head, width, silent, ...column }) => (
              <th
                key={head}
                scope="col"
                style={{ width }}
                className={cn('h-[34px] border-b border-line text-meta font-medium whitespace-nowrap text-fg-3', placed(column))}
              >
                {silent ? <span className="sr-only">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items?.map((row) => (
            <tr
              key={keyOf(row)}
              data-selected={selected?.(row) || undefined}
              className={cn(
                'group/row relative',
                selected?.(row) ? '[&>td]:bg-accent-tint' : '[&:hover>td]:bg-hover',
                muted?.(row) && '[&_[data-name]]:text-fg-3',
              )}
            >
              {shown.map(({ head, cell, className, ...column }) => (
                <td key={head} className={cn(cellClass, placed(column), className)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          )) ??
            Array.from({ length: loadingRows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder have no other identity.
              <tr key={row}>
                {shown.map(({ head, bar, ...column }) => (
                  <td key={head} className={cn(cellClass, placed(column))}>
                    {bar && <Skeleton className={cn(bar, column.align === 'right' && 'ml-auto')} />}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
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

'use client';

import * as Radix from '@radix-ui/react-dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { useDialogFocus } from '#components/ui/dialog-focus.ts';
import { scrimClass } from '#components/ui/dialog-window.tsx';
import { Kbd } from '#components/ui/kbd.tsx';

import { Spinner } from '#components/ui/spinner.tsx';
import { Highlighted, matchesQuery } from './highlighted.tsx';
import { useSearchKey } from './use-search-key.ts';

export interface PaletteItem {
  id: string;
  label: string;
  /** Lighter, behind the label: where it is, what it does. */
  hint?: string;
  icon?: ReactNode;
  shortcut?: string;
  /** Other words it may be found by. */
  keywords?: readonly string[];
  /** Where it leads; or `onSelect`. */
  href?: string;
  onSelect?: () => void;
}

export interface PaletteGroup {
  heading: string;
  items: readonly PaletteItem[];
}

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Known at once: places and actions; filtered here. */
  groups: readonly PaletteGroup[];
  /** Finds what is too much to know; its groups come first. Aborted when the query changes. */
  search?: (query: string, signal: AbortSignal) => Promise<readonly PaletteGroup[]>;
  /** Where it looks, shown at the end of the field: "acme". */
  scope?: string;
}

/** Go anywhere, do anything. */
export function CommandPalette({ open, onOpenChange, ...rest }: CommandPaletteProps) {
  const focus = useDialogFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="surface-raised fixed top-4 left-1/2 z-50 flex max-h-[min(560px,calc(100dvh-32px))] w-[640px] max-w-[calc(100vw-16px)] -translate-x-1/2 animate-appear flex-col overflow-hidden rounded-panel border border-line-strong shadow-dialog outline-none sm:top-24 sm:max-h-[min(560px,calc(100dvh-128px))]"
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <PaletteBody {...rest} close={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteBody({ groups, search, scope, close }: Omit<CommandPaletteProps, 'open' | 'onOpenChange'> & { close: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const words = query.trim();
  const { found, searching, failed } = useSearch(words, search);
  const known = groups.map((group) => ({ ...group, items: group.items.filter((item) => matchesQuery(item, words)) }));
  const shown = [...(words ? found : []), ...known].filter((group) => group.items.length > 0);
  const choose = (item: PaletteItem, newTab: boolean) => {
    close();
    if (item.onSelect) item.onSelect();
    else if (item.href && newTab) window.open(item.href, '_blank', 'noopener');
    else if (item.href) router.push(item.href);
  };
  return (
    <Command
      shouldFilter={false}
      loop
      label="Search"
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        const selected = event.currentTarget.querySelector('[cmdk-item][data-selected="true"]')?.getAttribute('data-value');
        const item = shown.flatMap((group) => group.items).find((candidate) => candidate.id === selected);
        if (!item) return;
        event.preventDefault();
        choose(item, true);
      }}
    >
      <div className="flex h-12 flex-none items-center gap-2.5 border-b border-line px-3.5">
        <Search className="text-fg-3" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Search, or run a command"
          className="min-w-0 flex-1 bg-transparent text-[15px] outline-none"
        />
        {searching && <Spinner className="text-fg-3" />}
        {scope && (
          <span className="max-w-32 flex-none truncate rounded-xs bg-neutral-tint px-[7px] text-meta leading-[22px] text-fg-2">
            {scope}
          </span>
        )}
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-2" aria-busy={searching || undefined}>
        {shown.length === 0 && (
          <p role="status" className="px-2 py-3 text-small text-fg-2">
            {failed ? 'The search did not answer. Try again in a moment.' : searching ? 'Searching' : `Nothing found for “${words}”`}
          </p>
        )}
        {shown.map((group) => (
          <Command.Group
            key={group.heading}
            heading={group.heading}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3"
          >
            {group.items.map((item) => (
              <PaletteLine key={item.id} item={item} query={words} onSelect={() => choose(item, false)} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <PaletteFoot />
    </Command>
  );
}

function PaletteLine({ item, query, onSelect }: { item: PaletteItem; query: string; onSelect: () => void }) {
  return (
    <Command.Item
      value={item.id}
      onSelect={onSelect}
      className={cn(
        'group/line flex h-[34px] cursor-default items-center gap-2.5 rounded-sm px-2 text-small select-none data-[selected=true]:bg-hover [&_.lucide]:text-fg-3',
      )}
    >
      {item.icon}
      <span className="max-w-[60%] flex-none truncate">
        <Highlighted text={item.label} query={query} />
      </span>
      <span className="min-w-0 flex-1 truncate text-meta text-fg-3">{item.hint && <Highlighted text={item.hint} query={query} />}</span>
      {item.shortcut ? <Kbd>{item.shortcut}</Kbd> : <Kbd className="invisible group-data-[selected=true]/line:visible">↵</Kbd>}
    </Command.Item>
  );
}

function PaletteFoot() {
  const newTabKey = useSearchKey().startsWith('⌘') ? '⌘ ↵' : 'Ctrl ↵';
  return (
    <div
      aria-hidden="true"
      className="flex flex-none items-center gap-4 border-t border-line bg-background px-3.5 py-2 text-meta text-fg-3 max-sm:hidden"
    >
      <span>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
      </span>
      <span>
        <Kbd>↵</Kbd> open
      </span>
      <span>
        <Kbd>{newTabKey}</Kbd> new tab
      </span>
      <span className="ml-auto">
        <Kbd>esc</Kbd> close
      </span>
    </div>
  );
}

interface SearchState {
  query: string;
  found: readonly PaletteGroup[];
  failed: boolean;
}

/** The last answer stays until the next one is there, so the list does not flash empty. */
function useSearch(query: string, search: CommandPaletteProps['search']) {
  const [state, setState] = useState<SearchState>({ query: '', found: [], failed: false });
  useEffect(() => {
    if (!search || !query) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      search(query, control.signal).then(
        (found) => !control.signal.aborted && setState({ query, found, failed: false }),
        () => !control.signal.aborted && setState({ query, found: [], failed: true }),
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [query, search]);
  const searching = Boolean(search) && query !== '' && state.query !== query;
  return { found: state.found, searching, failed: state.failed && !searching };
}

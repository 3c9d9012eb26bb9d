'use client';

import { Menu as MenuIcon, Search } from 'lucide-react';
import { Breadcrumbs, type Crumb } from '#components/ui/breadcrumbs.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { useShell } from './shell-context.tsx';
import { useSearchKey } from './use-search-key.ts';

/** Where we are, and the way to anywhere else. */
export function TopBar({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { openNavigation, openSearch } = useShell();
  const searchKey = useSearchKey();
  return (
    <header className="sticky top-0 z-10 flex h-topbar flex-none items-center gap-2 border-b border-line bg-panel pr-4 pl-3 sm:gap-3 lg:px-6">
      <span className="flex lg:hidden">
        <IconButton label="Open navigation" onClick={openNavigation}>
          <MenuIcon />
        </IconButton>
      </span>
      <Breadcrumbs items={crumbs} />
      {openSearch && (
        <button
          type="button"
          onClick={openSearch}
          aria-keyshortcuts="Meta+K Control+K"
          className="flex h-[30px] w-8 flex-none items-center justify-center gap-2 rounded-control text-small text-fg-2 hover:bg-hover sm:w-58 sm:justify-start sm:border sm:border-line-strong sm:pr-1.5 sm:pl-2.5 sm:text-fg-3"
        >
          <Search className="size-4 text-fg-3" />
          <span className="max-sm:sr-only">Search</span>
          <Kbd className="ml-auto max-sm:hidden">{searchKey}</Kbd>
        </button>
      )}
    </header>
  );
}

'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { cn } from '#components/ui/class-names.ts';
import { Sheet } from '#components/ui/sheet.tsx';
import { SkipLink } from '#components/ui/skip-link.tsx';
import { ShellContext } from './shell-context.tsx';
import { Sidebar, type SidebarProps } from './sidebar.tsx';
import { SIDEBAR_COOKIE } from './sidebar-cookie.ts';

interface AppShellProps extends SidebarProps {
  /** What SIDEBAR_COOKIE said: "collapsed". */
  collapsed?: boolean;
  /** Opens the palette; also bound to ⌘K and Ctrl K. */
  onSearch?: () => void;
  children: ReactNode;
}

/** Sidebar and room for a Page. Below 1024 px the sidebar is a drawer. */
export function AppShell({ collapsed: initiallyCollapsed = false, onSearch, children, ...sidebar }: AppShellProps) {
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  const [drawerOpen, setDrawerOpen] = useState(false);
  useSearchShortcut(onSearch);
  useOnNavigation(() => setDrawerOpen(false));
  const entity = sidebar.entity.name;
  const controls = useMemo(() => ({ openNavigation: () => setDrawerOpen(true), openSearch: onSearch, entity }), [onSearch, entity]);
  const toggle = () => {
    setCollapsed(!collapsed);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, which a private network may lack.
    document.cookie = `${SIDEBAR_COOKIE}=${collapsed ? 'expanded' : 'collapsed'}; path=/; max-age=31536000; samesite=lax`;
  };
  return (
    <ShellContext value={controls}>
      <SkipLink />
      <div
        className={cn(
          'grid min-h-dvh grid-cols-[minmax(0,1fr)]',
          collapsed ? 'lg:grid-cols-[var(--w-sidebar-collapsed)_minmax(0,1fr)]' : 'lg:grid-cols-[var(--w-sidebar)_minmax(0,1fr)]',
        )}
      >
        <aside aria-label="Sidebar" className="border-r border-line bg-background max-lg:hidden">
          <div className="sticky top-0 h-dvh">
            <Sidebar {...sidebar} collapsed={collapsed} onCollapse={toggle} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-col bg-panel">{children}</div>
      </div>
      <Sheet open={drawerOpen} onOpenChange={setDrawerOpen} title="Navigation" hideTitle side="left" width="nav">
        <Sidebar {...sidebar} />
      </Sheet>
    </ShellContext>
  );
}

function useSearchShortcut(open?: () => void) {
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [open]);
}

function useOnNavigation(act: () => void) {
  const path = usePathname();
  const [seen, setSeen] = useState(path);
  if (seen !== path) {
    setSeen(path);
    act();
  }
}

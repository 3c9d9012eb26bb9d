'use client';

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cn } from './class-names.ts';
import { TabCount, tabClass } from './tab-links.tsx';

export interface Tab {
  value: string;
  label: string;
  count?: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  /** At the end of the tabs' line: a copy button, a note. */
  end?: ReactNode;
  /** In the head of a panel: narrower, on the panel's padding. */
  panel?: boolean;
  className?: string;
}

/** Tabs within a page or panel; arrow keys, Home and End go along them. */
export function Tabs({ label, tabs, value, defaultValue, onChange, end, panel, className }: TabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState(defaultValue ?? tabs[0]?.value);
  const current = value ?? own;
  const choose = (next: string) => {
    setOwn(next);
    if (next !== current) onChange?.(next);
  };
  const move = (event: KeyboardEvent) => {
    const to = targetOf(
      event.key,
      tabs.findIndex((tab) => tab.value === current),
      tabs.length,
    );
    if (to === null) return;
    event.preventDefault();
    choose(tabs[to]!.value);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to]?.focus();
  };
  return (
    <div className={className}>
      <div className={cn('flex items-center gap-2', panel ? 'border-b border-line pr-1 pl-3' : 'border-b border-line')}>
        <div
          ref={list}
          role="tablist"
          aria-label={label}
          onKeyDown={move}
          className={cn('no-scrollbar -mb-px flex min-w-0 overflow-x-auto overflow-y-hidden', panel ? 'gap-3.5' : 'gap-5')}
        >
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-tab-${tab.value}`}
              aria-controls={`${id}-panel-${tab.value}`}
              aria-selected={tab.value === current}
              tabIndex={tab.value === current ? 0 : -1}
              onClick={() => choose(tab.value)}
              className={tabClass}
            >
              {tab.label}
              {tab.count !== undefined && <TabCount>{tab.count}</TabCount>}
            </button>
          ))}
        </div>
        {end && <span className="ml-auto flex flex-none items-center gap-1 text-meta text-fg-2">{end}</span>}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.value}
          role="tabpanel"
          id={`${id}-panel-${tab.value}`}
          aria-labelledby={`${id}-tab-${tab.value}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
          tabIndex={0}
          hidden={tab.value !== current}
          className="focus-visible:-outline-offset-2"
        >
          {tab.value === current && tab.content}
        </div>
      ))}
    </div>
  );
}

/** Of the tab to go to; null when the key is none of theirs. */
function targetOf(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (from + 1) % count;
    case 'ArrowLeft':
      return (from - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

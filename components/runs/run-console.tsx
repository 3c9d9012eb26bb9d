'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowDown, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { useAddress, wholeNumber } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { buttonClass } from '#components/ui/button-class.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { LiveSign } from '#components/ui/live-list.tsx';
import { projectQueries, runDownloads } from '#lib/client/tracking.ts';
import type { ConsoleView } from '#lib/contracts/run-records.ts';
import type { RunDetail } from '#lib/contracts/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { ConsoleLine } from './console-line.tsx';
import { CONSOLE_LINES } from './console-lines.ts';
import type { RunAt } from './run-frame.tsx';

const FOLLOW_MS = 2000;

/** The console log: its end, following a running run, or the page of it that the address names. */
export function RunConsole({ at: { entity, project, run }, view }: { at: RunAt; view: RunDetail }) {
  const [{ from }, setUrl] = useAddress({ from: wholeNumber }, { history: 'push' });
  const following = from === null && view.state === 'running';
  const console = useQuery({
    ...projectQueries.console(entity, project, run, { limit: CONSOLE_LINES, ...(from !== null && { from }) }),
    refetchInterval: following ? FOLLOW_MS : false,
    placeholderData: keepPreviousData,
  });
  return (
    <QueryState query={console} what="The console log" loading={<ListSkeleton rows={12} height={20} />}>
      {(page) =>
        page.total === 0 ? (
          <EmptyState title="No line yet">What the script prints appears here within seconds.</EmptyState>
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-2 py-3">
              <Pages page={page} onGo={(next) => setUrl({ from: next })} newest={from === null} />
              {following && <LiveSign on={!console.isError} />}
              {roleMay(view.role, 'download') && (
                <a className={`${buttonClass('default', 'sm')} ml-auto`} href={runDownloads.console(entity, project, run)} download>
                  <Download />
                  Download log
                </a>
              )}
            </div>
            <Lines page={page} atEnd={from === null} />
          </>
        )
      }
    </QueryState>
  );
}

function Pages({ page: { lines, total }, newest, onGo }: { page: ConsoleView; newest: boolean; onGo: (from: number | null) => void }) {
  const first = lines[0]?.number ?? total;
  const last = lines.at(-1)?.number ?? total;
  const earlier = Math.max(0, first - CONSOLE_LINES);
  const later = last + 1 + CONSOLE_LINES >= total ? null : last + 1;
  return (
    <>
      {total > lines.length && (
        <span className="flex items-center">
          <IconButton size="sm" label="First lines" disabled={first === 0} onClick={() => onGo(0)}>
            <ChevronFirst />
          </IconButton>
          <IconButton size="sm" label="Earlier lines" disabled={first === 0} onClick={() => onGo(earlier)}>
            <ChevronLeft />
          </IconButton>
          <IconButton size="sm" label="Later lines" disabled={newest} onClick={() => onGo(later)}>
            <ChevronRight />
          </IconButton>
          <IconButton size="sm" label="Newest lines" disabled={newest} onClick={() => onGo(null)}>
            <ChevronLast />
          </IconButton>
        </span>
      )}
      <p className="text-small text-fg-2 tabular-nums">
        {total > lines.length
          ? `Lines ${(first + 1).toLocaleString('en')} to ${(last + 1).toLocaleString('en')} of ${total.toLocaleString('en')}`
          : `${total.toLocaleString('en')} ${total === 1 ? 'line' : 'lines'}`}
      </p>
    </>
  );
}

/** Stays at the end while lines come, unless somebody scrolled away from it. */
function Lines({ page, atEnd }: { page: ConsoleView; atEnd: boolean }) {
  const box = useRef<HTMLElement>(null);
  const [sticks, setSticks] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end.
  useLayoutEffect(() => {
    if (atEnd && sticks) toEnd();
  }, [page, atEnd, sticks]);
  return (
    <div className="relative">
      <section
        ref={box}
        aria-label="Console lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) =>
          setSticks(scrollTop + clientHeight >= scrollHeight - 24)
        }
        className="h-[max(320px,calc(100dvh-272px))] overflow-y-auto rounded-control border border-line bg-code py-2 font-mono text-code focus-visible:-outline-offset-2"
      >
        <ol>
          {page.lines.map((line) => (
            <ConsoleLine key={line.number} line={line} />
          ))}
        </ol>
      </section>
      {atEnd && !sticks && (
        <Button size="sm" className="absolute right-4 bottom-3 shadow-menu" onClick={toEnd}>
          <ArrowDown />
          To the end
        </Button>
      )}
    </div>
  );
}

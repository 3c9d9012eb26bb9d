'use client';

import { RotateCcw } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { ViewSwitch } from '#components/automations/view-switch.tsx';
import { ListWithDrawer } from '#components/layout/list-with-drawer.tsx';
import { Content, Page } from '#components/layout/page.tsx';
import { ReadError } from '#components/layout/query-state.tsx';
import { oneOf, text, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterBar } from '#components/ui/filter-chip.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { toast } from '#components/ui/toast.ts';
import type { DeadLetterSummary } from '#lib/contracts/dead-letters.ts';
import type { BoundedCount } from '#lib/contracts/view.ts';
import { FAILURE_CAUSE_NAMES, FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { DeadLetterFilters, type InboxUrl } from './dead-letter-filters.tsx';
import { DeadLetterTable } from './dead-letter-table.tsx';
import { ReplayProgress } from './replay-progress.tsx';
import { FIRST_PRESET, SINCE_PRESET_NAMES } from './replay-since.ts';
import { useDeadLetters } from './use-dead-letters.ts';

const ExecutionDrawer = dynamic(() => import('#components/executions/execution-drawer.tsx').then((module) => module.ExecutionDrawer));
const ReplaysTab = dynamic(() => import('./replays-tab.tsx').then((module) => module.ReplaysTab));
const ReplayDialog = dynamic(() => import('./replay-dialog.tsx').then((module) => module.ReplayDialog));

const URL_STATE = {
  entity: text,
  webhook: text,
  automation: text,
  cause: oneOf(FAILURE_CAUSE_NAMES),
  period: oneOf(SINCE_PRESET_NAMES),
  execution: text,
  replay: oneOf(['new']),
};
/** What came to its end a while ago is found under Replays. */
const SHOWN_AFTER_MS = 10 * 60_000;

/** The inbox of what failed for good, in everything that I can see, and the replays of much of it. */
export function DeadLettersScreen({ tab, replayAt }: { tab: 'failed' | 'replays'; replayAt?: number }) {
  const [{ execution: open, replay, ...url }, setUrl] = useAddress(URL_STATE);
  const { rows, summary, replays } = useDeadLetters(url);
  const [askedAt, setAskedAt] = useState(replayAt);
  const [openedAt] = useState(() => Date.now());
  const search = useSearchParams();
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const index = items.findIndex(({ id }) => id === open);
  const show = (id: string | null) => setUrl({ execution: id }, { history: id && open ? 'replace' : 'push' });
  const closeReplay = () => {
    setAskedAt(undefined);
    setUrl({ replay: null });
  };
  const mayReplay = summary.data?.entities.some((entity) => entity.mayReplay) ?? false;
  const going = replays.filter(({ finishedAt }) => finishedAt === null || finishedAt > openedAt - SHOWN_AFTER_MS);
  const narrowed = Object.values(url).some((value) => value !== null);
  return (
    <Page width="full" crumbs={[{ label: 'Automations', href: pagePaths.automations() }, { label: 'Dead letters' }]}>
      <ListWithDrawer
        drawer={
          open && (
            <ExecutionDrawer
              id={open}
              onClose={() => show(null)}
              onPrevious={index > 0 ? () => show(items[index - 1]!.id) : undefined}
              onNext={index >= 0 && index < items.length - 1 ? () => show(items[index + 1]!.id) : undefined}
            />
          )
        }
        list={
          <Content>
            <PageHeader
              title="Dead letters"
              meta={['Executions that failed for good, in all teams and registries']}
              action={
                mayReplay && (
                  <Button variant="primary" onClick={() => setUrl({ replay: 'new' })}>
                    <RotateCcw />
                    Replay all since…
                  </Button>
                )
              }
            />
            <FilterBar label="Filter dead letters">
              <ViewSwitch current="dead-letters" />
              {tab === 'failed' && <DeadLetterFilters url={url} summary={summary.data} onChange={(change) => setUrl(change)} />}
            </FilterBar>
            <TabLinks
              label="Dead letters"
              tabs={[
                {
                  href: pagePaths.deadLetters(),
                  label: 'Failed',
                  count: summary.data && countText(summary.data.count),
                  current: tab === 'failed',
                },
                { href: `${pagePaths.deadLetters()}?tab=replays`, label: 'Replays', current: tab === 'replays' },
              ]}
            />
            {tab === 'replays' ? (
              <ReplaysTab />
            ) : (
              <>
                {going.length > 0 && (
                  <ul aria-label="Replays">
                    {going.map((one) => (
                      <ReplayProgress key={one.id} replay={one} />
                    ))}
                  </ul>
                )}
                {rows.isPending && <DeadLetterTable />}
                {rows.isError && <ReadError error={rows.error} what="The dead letters" onRetry={() => void rows.refetch()} />}
                {rows.data && items.length === 0 && <NothingFailed narrowed={narrowed} />}
                {items.length > 0 && (
                  <DeadLetterTable rows={items} mayReplay={mayReplay} open={open} hrefOf={(id) => withExecution(search, id)} />
                )}
                {items.length > 0 && <LoadMore {...nextPageOf(rows)} count={summary.data && `${countText(summary.data.count)} failed`} />}
              </>
            )}
          </Content>
        }
      />
      {replay && mayReplay && (
        <ReplayDialog
          narrowed={narrowing(url)}
          narrowedWords={narrowedWords(url, summary.data)}
          first={url.period ?? FIRST_PRESET}
          askedAt={askedAt}
          onClose={closeReplay}
          onStarted={() => {
            toast.success('The replay has begun');
            closeReplay();
          }}
        />
      )}
    </Page>
  );
}

function NothingFailed({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <EmptyState title="Nothing here">Nothing that failed for good matches these filters.</EmptyState>
  ) : (
    <EmptyState title="Nothing has failed for good">
      An execution comes here when its last try has failed, or when trying again is of no use: the receiver is gone, its address is not
      allowed, the payload is not JSON.
    </EmptyState>
  );
}

const countText = ({ count, more }: BoundedCount) => (more ? `${count.toLocaleString('en')}+` : count.toLocaleString('en'));

function withExecution(search: URLSearchParams, id: string): string {
  const next = new URLSearchParams(search);
  next.set('execution', id);
  return `?${next}`;
}

const narrowing = ({ entity, webhook, automation, cause }: InboxUrl) => ({
  ...(entity && { entity }),
  ...(webhook && { webhook }),
  ...(automation && { automation }),
  ...(cause && { cause }),
});

function narrowedWords({ entity, webhook, automation, cause }: InboxUrl, summary: DeadLetterSummary | undefined): string {
  const nameIn = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((item) => item.id === id)?.name ?? id;
  return [
    ...(entity ? [entity] : []),
    ...(webhook ? [nameIn(summary?.targets, webhook)] : []),
    ...(automation ? [nameIn(summary?.automations, automation)] : []),
    ...(cause ? [FAILURE_CAUSES[cause].label] : []),
  ].join(', ');
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Folder, Info, LibraryBig, TriangleAlert, X } from 'lucide-react';
import { ExecutionRowItem } from '#components/executions/execution-row-item.tsx';
import { countOf } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { ListSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Stat, Stats } from '#components/ui/stat.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { toast } from '#components/ui/toast.ts';
import { homeQuery } from '#lib/client/executions.ts';
import { apiKey } from '#lib/client/query.ts';
import { dismissNotice } from '#lib/client/session.ts';
import type { HomeView } from '#lib/contracts/home.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { FirstSteps } from './first-steps.tsx';

/** What needs attention first, then what happened; a checklist until something has fired. */
export function HomeScreen() {
  const home = useQuery({ ...homeQuery(), refetchInterval: 30_000 });
  return (
    <Page crumbs={[{ label: 'Home' }]}>
      <h1 className="sr-only">Home</h1>
      <QueryState query={home} what="Home" loading={<ListSkeleton rows={8} height={56} />}>
        {(view) => (view.firstSteps.execution ? <Overview view={view} /> : <FirstSteps view={view} />)}
      </QueryState>
    </Page>
  );
}

function Overview({ view }: { view: HomeView }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 xl:grid-cols-[minmax(0,1fr)_336px]">
      <div className="grid grid-cols-[minmax(0,1fr)] content-start">
        <Attention items={view.attention} retrying={view.executions.some(isRetrying)} />
        <section aria-label="Last seven days">
          <SectionHeader
            title="Deliveries"
            note="last 7 days"
            end={view.week.failed > 0 && <TextLink href={pagePaths.deadLetters()}>Dead letters</TextLink>}
            className="pb-2"
          />
          <Stats>
            <Stat label="Fired" value={view.week.fired.toLocaleString('en')} />
            <Stat label="Delivered" value={view.week.delivered.toLocaleString('en')} />
            <Stat label="Failed" value={view.week.failed.toLocaleString('en')} tone={view.week.failed > 0 ? 'danger' : undefined} />
            <Stat label="Automations" value={view.week.automations.toLocaleString('en')} />
          </Stats>
        </section>
        <section aria-label="Recent firings">
          <SectionHeader
            title="Recent firings"
            end={<TextLink href={`${pagePaths.automations()}?view=history`}>Show all</TextLink>}
            className="pb-2"
          />
          <ul className="-mx-4 border-t border-line sm:-mx-6">
            {view.executions.map((row) => (
              <ExecutionRowItem key={row.id} row={row} href={pagePaths.execution(row.id)} current={false} />
            ))}
          </ul>
        </section>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start">
        <section aria-label="My projects">
          <SectionHeader title="My projects" end={<TextLink href="/projects">All</TextLink>} className="pb-2" />
          {view.projects.length === 0 && (
            <EmptyState size="inline" title="No project yet">
              One comes into being with its first run.
            </EmptyState>
          )}
          <ul className="border-t border-line">
            {view.projects.map((project) => (
              <PlaceLine
                key={`${project.entity}/${project.name}`}
                icon={<Folder className="size-4 text-fg-3" />}
                href={pagePaths.project(project.entity, project.name)}
                name={project.name}
                note={countOf(project.automations, 'automation')}
              />
            ))}
          </ul>
        </section>
        <section aria-label="Registries">
          <SectionHeader title="Registries" end={<TextLink href={pagePaths.registries()}>All</TextLink>} className="pb-2" />
          <ul className="border-t border-line">
            {view.registries.map((registry) => (
              <PlaceLine
                key={`${registry.organization}/${registry.name}`}
                icon={<LibraryBig className="size-4 text-fg-3" />}
                href={pagePaths.registry(registry.name, registry.organization)}
                name={registry.name}
                note={countOf(registry.collections, 'collection')}
              />
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

function PlaceLine({ icon, href, name, note }: { icon: React.ReactNode; href: string; name: string; note: string }) {
  return (
    <li className="flex min-h-row items-center gap-2 border-b border-line text-small">
      {icon}
      <TextLink href={href} className="min-w-0 flex-1 truncate font-medium text-fg!">
        {name}
      </TextLink>
      <span className="text-meta text-fg-3 tabular-nums">{note}</span>
    </li>
  );
}

/** Puts a notice away, for all admins of its team. */
function Dismiss({ id, title }: { id: string; title: string }) {
  const client = useQueryClient();
  const dismiss = useMutation({
    ...dismissNotice(client),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKey('/home') }),
    onError: (error) => void toast.error(error.message),
  });
  return (
    <IconButton label={`Dismiss: ${title}`} loading={dismiss.isPending} onClick={() => dismiss.mutate(id)}>
      <X />
    </IconButton>
  );
}

const ATTENTION_LOOK = {
  danger: { icon: <CircleAlert />, color: 'bg-danger-tint text-danger' },
  warning: { icon: <TriangleAlert />, color: 'bg-warning-tint text-warning' },
  info: { icon: <Info />, color: 'bg-info-tint text-info' },
};

const isRetrying = ({ status, failedTries }: HomeView['executions'][number]) => status === 'pending' && failedTries > 0;

function Attention({ items, retrying }: { items: HomeView['attention']; retrying: boolean }) {
  return (
    <section aria-label="Needs attention">
      <SectionHeader title="Needs attention" note={items.length || undefined} className="pb-2" />
      {items.length === 0 ? (
        <p className="border-t border-line py-3 text-small text-fg-2">
          {retrying ? 'Nothing yet: what did not arrive is being tried again.' : 'Nothing. Every automation delivers.'}
        </p>
      ) : (
        <ul className="border-t border-line">
          {items.map((item) => (
            <li key={item.id} className="flex items-center gap-3 border-b border-line py-2.5 max-sm:items-start">
              <span className={`grid size-8 flex-none place-items-center rounded-control ${ATTENTION_LOOK[item.severity].color}`}>
                {ATTENTION_LOOK[item.severity].icon}
              </span>
              <span className="flex min-w-0 flex-1 items-center gap-3 max-sm:flex-col max-sm:items-start max-sm:gap-2">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  <span className="block font-medium">{item.title}</span>
                  <span className="block text-small text-fg-2">
                    {item.text} <RelativeTime at={item.at} className="text-fg-3" />
                  </span>
                </span>
                <ButtonLink href={item.href}>Open</ButtonLink>
              </span>
              {item.dismissible && <Dismiss id={item.id} title={item.title} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

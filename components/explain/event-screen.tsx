'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { PageHeader, SectionHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { explainQueries } from '#lib/client/explain.ts';
import type { EventView } from '#lib/contracts/tracking.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { pagePaths, registryNameOf } from '#lib/domain/page-paths.ts';
import { Explanation } from './explanation.tsx';

/** Something that happened: what is known of it, and which automations made what of it. */
export function EventScreen({ id }: { id: string }) {
  const query = useInfiniteQuery(explainQueries.event(id));
  return (
    <Page crumbs={[{ label: 'Automations', href: pagePaths.automations() }, { label: 'Event' }, { label: id }]}>
      <QueryState query={query} what="The event" loading={<PageHeaderSkeleton />}>
        {({ pages }) => <EventHeader event={pages[0]!.event} />}
      </QueryState>
      <Explanation
        query={query}
        place={query.data ? placeOf(query.data.pages[0]!.event).name : ''}
        empty="Automations that watch this place wait for other events."
      />
      {query.data && (
        <section aria-label="Event document">
          <SectionHeader title="What happened" note="as it was stored" />
          <CodeBlock label="event.json" text={JSON.stringify(query.data.pages[0]!.event.document, null, 2)} />
        </section>
      )}
    </Page>
  );
}

function EventHeader({ event }: { event: EventView }) {
  const { name, href } = placeOf(event);
  return (
    <PageHeader
      title={event.title}
      meta={[
        event.type,
        <TextLink key="place" href={href}>
          {name}
        </TextLink>,
        ...(event.author ? [`by ${event.author}`] : []),
        <RelativeTime key="at" at={event.at} copyable />,
        <CopyText key="id" text={event.id} label="event id" />,
      ]}
    />
  );
}

function placeOf({ entity, project }: EventView): { name: string; href: string } {
  if (!project.startsWith(REGISTRY_PROJECT_PREFIX)) return { name: `${entity}/${project}`, href: pagePaths.project(entity, project) };
  const registry = registryNameOf(project);
  return { name: `registry ${registry}`, href: pagePaths.registry(registry, entity) };
}

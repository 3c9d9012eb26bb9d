'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Folder, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { countText } from '#components/layout/count-text.ts';
import { Page } from '#components/layout/page.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { useShell } from '#components/layout/shell-context.tsx';
import { text, useAddress } from '#components/layout/use-address.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { projectQueries } from '#lib/client/tracking.ts';
import type { ProjectView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';

const CreateProject = dynamic(() => import('./create-project.tsx').then((module) => module.CreateProject));

/** The projects of one of my entities, or of all. */
export function ProjectsScreen() {
  const [{ entity }] = useAddress({ entity: text });
  const projects = useInfiniteQuery(projectQueries.all({ entity }));
  const me = useQuery(sessionQueries.me()).data;
  const { entity: inView } = useShell();
  const [creating, setCreating] = useState(false);
  const owners =
    me?.entities.filter(({ kind, role }) => kind !== 'organization' && roleMay(role, 'projects:create')).map(({ name }) => name) ?? [];
  const items = projects.data?.pages.flatMap((page) => page.items);
  const create = owners.length > 0 && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create project
    </Button>
  );
  return (
    <Page crumbs={[...(entity ? [{ label: entity }] : []), { label: 'Projects' }]}>
      <PageHeader title="Projects" owner={entity ?? undefined} meta={['Runs and artifacts live in projects']} action={create} />
      <QueryState query={projects} what="The projects" loading={<ProjectTable showEntity={!entity} />}>
        {() =>
          items?.length === 0 ? (
            <EmptyState title="No project yet" action={create}>
              A project also comes into being with its first run or event.
            </EmptyState>
          ) : (
            <ProjectTable projects={items} showEntity={!entity} />
          )
        }
      </QueryState>
      <LoadMore {...nextPageOf(projects)} />
      {creating && (
        <CreateProject
          owners={owners}
          initial={owners.find((name) => name === (entity ?? inView)) ?? owners[0]!}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}

function ProjectTable({ projects, showEntity }: { projects?: readonly ProjectView[]; showEntity: boolean }) {
  return (
    <Table
      caption="Projects"
      items={projects}
      keyOf={(project) => `${project.entity}/${project.name}`}
      columns={[
        {
          head: 'Project',
          bar: 'w-40',
          cell: (project) => (
            <span className="flex min-w-0 items-center gap-2">
              <Folder className="size-4 flex-none text-fg-3" />
              <RowLink href={pagePaths.project(project.entity, project.name)}>{project.name}</RowLink>
            </span>
          ),
        },
        showEntity && { head: 'Team', width: 160, hide: 'phone', bar: 'w-20', cell: (project) => project.entity },
        { head: 'Runs', width: 96, align: 'right', bar: 'w-8', cell: (project) => countText(project.runs) },
        { head: 'Collections', width: 112, align: 'right', hide: 'phone', bar: 'w-8', cell: (project) => countText(project.collections) },
        { head: 'Automations', width: 112, align: 'right', hide: 'phone', bar: 'w-8', cell: (project) => countText(project.automations) },
        {
          head: 'Last activity',
          width: 136,
          align: 'right',
          hide: 'phone',
          bar: 'w-20',
          cell: (project) => <RelativeTime at={project.lastActivityAt ?? project.createdAt} />,
        },
      ]}
    />
  );
}

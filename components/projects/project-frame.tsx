'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { newAutomationHref } from '#components/automations/new-automation-href.ts';
import { countOf, countText } from '#components/layout/count-text.ts';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { ApiError } from '#lib/client/http.ts';
import { deleteProject, projectQueries } from '#lib/client/tracking.ts';
import type { ProjectView } from '#lib/contracts/tracking.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';

const EditDescription = dynamic(() => import('./edit-description.tsx').then((module) => module.EditDescription));

export type ProjectTabName = 'overview' | 'runs' | 'artifacts' | 'automations';

/** Title and tabs of every page of a project. */
export function ProjectFrame({ entity, project, tab }: { entity: string; project: string; tab: ProjectTabName }) {
  const query = useQuery(projectQueries.one(entity, project));
  return (
    <QueryState query={query} what="The project" loading={<PageHeaderSkeleton tabs={4} />}>
      {(view) => <Header view={view} tab={tab} />}
    </QueryState>
  );
}

function Header({ view, tab }: { view: ProjectView; tab: ProjectTabName }) {
  const { entity, name } = view;
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const menu: ReactNode[] = [];
  if (roleMay(view.role, 'projects:edit'))
    menu.push(
      <MenuItem key="edit" icon={<Pencil />} onSelect={() => setOpen('edit')}>
        Edit description
      </MenuItem>,
    );
  if (roleMay(view.role, 'projects:delete'))
    menu.push(
      <MenuSeparator key="line" />,
      <MenuItem key="delete" danger icon={<Trash2 />} onSelect={() => setOpen('delete')}>
        Delete project
      </MenuItem>,
    );
  return (
    <>
      <PageHeader
        owner={entity}
        title={name}
        meta={[
          'Project',
          countOf(view.runs, 'run'),
          countOf(view.collections, 'artifact collection'),
          ...(view.lastActivityAt
            ? [
                <span key="last">
                  last activity <RelativeTime at={view.lastActivityAt} />
                </span>,
              ]
            : []),
        ]}
        action={
          roleMay(view.role, 'automations:write') && (
            <ButtonLink variant="primary" href={newAutomationHref({ project: `${entity}/${name}` })}>
              <Plus />
              Create automation
            </ButtonLink>
          )
        }
        menu={menu.length > 0 && menu}
      />
      <TabLinks
        label="Project"
        tabs={[
          { href: pagePaths.project(entity, name), label: 'Overview', current: tab === 'overview' },
          { href: pagePaths.project(entity, name, 'runs'), label: 'Runs', count: countText(view.runs), current: tab === 'runs' },
          {
            href: pagePaths.project(entity, name, 'artifacts'),
            label: 'Artifacts',
            count: countText(view.collections),
            current: tab === 'artifacts',
          },
          {
            href: pagePaths.project(entity, name, 'automations'),
            label: 'Automations',
            count: countText(view.automations),
            current: tab === 'automations',
          },
        ]}
      />
      {open === 'edit' && <EditDescription view={view} onClose={() => setOpen(null)} />}
      {open === 'delete' && <DeleteProject view={view} onClose={() => setOpen(null)} />}
    </>
  );
}

function DeleteProject({ view, onClose }: { view: ProjectView; onClose: () => void }) {
  const router = useRouter();
  const remove = useMutation({
    ...deleteProject(useQueryClient(), view.entity, view.name),
    onSuccess: () => router.push(`/projects?entity=${encodeURIComponent(view.entity)}`),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete ${view.entity}/${view.name}?`}
      description={`Its ${countOf(view.runs, 'run')}, ${countOf(view.collections, 'artifact collection')} with their files and ${countOf(view.automations, 'automation')} go with it. The history of executions stays.`}
      confirmLabel="Delete project"
      typeToConfirm={view.name}
      pending={remove.isPending}
      error={remove.error instanceof ApiError ? remove.error.message : undefined}
      onConfirm={() => remove.mutate({ force: true })}
    />
  );
}

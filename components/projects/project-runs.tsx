'use client';

import { Page } from '#components/layout/page.tsx';
import { RunsTable } from '#components/runs/runs-table.tsx';
import { type ProjectAt, projectCrumbs } from './project-crumbs.ts';
import { ProjectFrame } from './project-frame.tsx';

export function ProjectRuns({ entity, project }: ProjectAt) {
  return (
    <Page crumbs={projectCrumbs({ entity, project }, 'Runs')}>
      <ProjectFrame entity={entity} project={project} tab="runs" />
      <RunsTable entity={entity} project={project} />
    </Page>
  );
}

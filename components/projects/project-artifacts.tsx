'use client';

import { Page } from '#components/layout/page.tsx';
import { CollectionTable } from '#components/registry/collection-table.tsx';
import { type ProjectAt, projectCrumbs } from './project-crumbs.ts';
import { ProjectFrame } from './project-frame.tsx';

export function ProjectArtifacts({ entity, project }: ProjectAt) {
  return (
    <Page crumbs={projectCrumbs({ entity, project }, 'Artifacts')}>
      <ProjectFrame entity={entity} project={project} tab="artifacts" />
      <CollectionTable at={{ entity, project }} />
    </Page>
  );
}

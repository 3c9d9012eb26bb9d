import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectRuns } from '#components/projects/project-runs.tsx';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Runs' };

export default async function RunsPage({ params }: { params: Promise<{ entity: string; project: string }> }) {
  const { entity, project } = await namesOf(params);
  return (
    <Prefetched subject={projectQueries.one(entity, project)} also={[projectQueries.runs(entity, project, { q: null, state: null })]}>
      <ProjectRuns entity={entity} project={project} />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectOverview } from '#components/projects/project-overview.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { projectQueries } from '#lib/client/tracking.ts';

type Props = { params: Promise<{ entity: string; project: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await namesOf(params)).project };
}

export default async function ProjectPage({ params }: Props) {
  const { entity, project } = await namesOf(params);
  return (
    <Prefetched
      subject={projectQueries.one(entity, project)}
      also={[projectQueries.runs(entity, project, { limit: 5 }), executionQueries.list({ project: `${entity}/${project}`, limit: 5 })]}
    >
      <ProjectOverview entity={entity} project={project} />
    </Prefetched>
  );
}

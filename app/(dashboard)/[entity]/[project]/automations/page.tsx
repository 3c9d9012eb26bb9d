import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectAutomations } from '#components/projects/project-automations.tsx';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Automations' };

type Props = { params: Promise<{ entity: string; project: string }>; searchParams: Promise<{ view?: string }> };

export default async function ProjectAutomationsPage({ params, searchParams }: Props) {
  const { entity, project } = await namesOf(params);
  const { view } = await searchParams;
  return (
    <Prefetched subject={projectQueries.one(entity, project)}>
      <ProjectAutomations entity={entity} project={project} view={view === 'history' ? 'history' : 'list'} />
    </Prefetched>
  );
}

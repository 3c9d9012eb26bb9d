import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectArtifacts } from '#components/projects/project-artifacts.tsx';
import { collectionQueries, projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Artifacts' };

export default async function ArtifactsPage({ params }: { params: Promise<{ entity: string; project: string }> }) {
  const { entity, project } = await namesOf(params);
  return (
    <Prefetched subject={projectQueries.one(entity, project)} also={[collectionQueries.all({ entity, project }, { q: null })]}>
      <ProjectArtifacts entity={entity} project={project} />
    </Prefetched>
  );
}

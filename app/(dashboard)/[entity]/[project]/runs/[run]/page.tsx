import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { RunScreen } from '#components/runs/run-screen.tsx';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Run' };

export default async function RunPage({ params }: { params: Promise<{ entity: string; project: string; run: string }> }) {
  const { entity, project, run } = await namesOf(params);
  return (
    <Prefetched subject={projectQueries.run(entity, project, run)}>
      <RunScreen entity={entity} project={project} run={run} />
    </Prefetched>
  );
}

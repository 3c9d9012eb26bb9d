import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectsScreen } from '#components/projects/projects-screen.tsx';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage({ searchParams }: { searchParams: Promise<{ entity?: string }> }) {
  const { entity } = await searchParams;
  return (
    <Prefetched also={[projectQueries.all({ entity: entity ?? null })]}>
      <ProjectsScreen />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { type Asked, automationsFirst, historyFirst } from '#app/server/first-lists.ts';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ProjectAutomations } from '#components/projects/project-automations.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { projectQueries } from '#lib/client/tracking.ts';

export const metadata: Metadata = { title: 'Automations' };

type Props = { params: Promise<{ entity: string; project: string }>; searchParams: Promise<Asked> };

export default async function ProjectAutomationsPage({ params, searchParams }: Props) {
  const { entity, project } = await namesOf(params);
  const asked = await searchParams;
  const at = { entity, project };
  const history = asked.view === 'history';
  const lists = history
    ? [...historyFirst(asked, { project: `${entity}/${project}` }), automationQueries.in(at, { limit: 200 })]
    : automationsFirst(asked, at);
  return (
    <Prefetched subject={projectQueries.one(entity, project)} also={lists}>
      <ProjectAutomations entity={entity} project={project} view={history ? 'history' : 'list'} />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { namesOf } from '#app/server/names.ts';
import { Prefetched, readOnServer } from '#app/server/prefetch.tsx';
import { CHARTS_AT_ONCE, inChartOrder } from '#components/runs/chart-order.ts';
import { CONSOLE_LINES } from '#components/runs/console-lines.ts';
import { RunScreen } from '#components/runs/run-screen.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { explainQueries } from '#lib/client/explain.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { projectQueries } from '#lib/client/tracking.ts';
import { runArtifacts } from '#lib/client/versions.ts';
import type { FiringMarks, RunDetail } from '#lib/contracts/tracking.ts';
import { RUN_TABS, type RunTab } from '#lib/domain/page-paths.ts';

export const metadata: Metadata = { title: 'Run' };

type Props = {
  params: Promise<{ entity: string; project: string; run: string; tab?: string[] }>;
  searchParams: Promise<{ from?: string }>;
};

export default async function RunPage({ params, searchParams }: Props) {
  const { tab: rest = [], ...names } = await params;
  const { entity, project, run } = await namesOf(Promise.resolve(names));
  const tab = RUN_TABS.find((each) => each === rest[0]);
  if (rest.length > 1 || (rest.length === 1 && !tab)) notFound();
  return (
    <Prefetched
      subject={projectQueries.run(entity, project, run)}
      also={(await searchParams).from ? [] : await listsOf(tab, entity, project, run)}
    >
      <RunScreen entity={entity} project={project} run={run} tab={tab} />
    </Prefetched>
  );
}

/** The marks, and the values of the charts that are drawn at first. */
async function chartsFirst(system: boolean, entity: string, project: string, run: string): Promise<Prefetchable[]> {
  const marksQuery = projectQueries.runMarks(entity, project, run);
  const [view, marks] = await Promise.all([
    readOnServer<RunDetail>(projectQueries.run(entity, project, run)),
    readOnServer<FiringMarks>(marksQuery),
  ]);
  const drawn = view ? inChartOrder(view.metrics, system, marks ?? undefined).slice(0, CHARTS_AT_ONCE) : [];
  return [
    marksQuery,
    executionQueries.ofRun(`${entity}/${project}`, run),
    ...drawn.map(({ name }) => projectQueries.series(entity, project, run, [name])),
  ];
}

async function listsOf(tab: RunTab | undefined, entity: string, project: string, run: string): Promise<Prefetchable[]> {
  switch (tab) {
    case 'automations':
      return [explainQueries.run(entity, project, run)];
    case 'artifacts':
      return [runArtifacts(entity, project, run, 'made'), runArtifacts(entity, project, run, 'used')];
    case 'files':
      return [projectQueries.runFiles(entity, project, run)];
    case 'alerts':
      return [projectQueries.runAlerts(entity, project, run)];
    case 'console':
      return [projectQueries.console(entity, project, run, { limit: CONSOLE_LINES })];
    default:
      return chartsFirst(tab === 'system', entity, project, run);
  }
}

import type { Filter } from './filter.ts';
import { pagePaths } from './page-paths.ts';
import { runDocument } from './query-fields.ts';
import { matchesQuery } from './query-filter.ts';
import { runChecks } from './run-filter.ts';
import type { RunFacts, ScheduleSummary } from './tracked-event.ts';

const RUNS_SHOWN = 100;

export type SummarisedRun = { run: RunFacts; entity: string; project: string };

/** Whether a scheduled automation's filter takes the run into its summary. */
export function isSummarised(filter: Filter, run: RunFacts): boolean {
  if (filter.run) for (const check of runChecks(filter.run, run)) if (!check.holds) return false;
  return filter.query === undefined || matchesQuery(filter.query, runDocument(run), 'run');
}

/** The period's runs, newest first, as payloads carry them. */
export function summarise(runs: readonly SummarisedRun[], period: { from: number; to: number }, publicUrl: string): ScheduleSummary {
  const states: Record<string, number> = {};
  for (const { run } of runs) states[run.state] = (states[run.state] ?? 0) + 1;
  return {
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    total: runs.length,
    states,
    runs: runs.slice(0, RUNS_SHOWN).map(({ run, entity, project }) => ({
      id: run.runId,
      name: run.name,
      user: run.user,
      state: run.state,
      url: publicUrl + pagePaths.run(entity, project, run.runId),
      durationSeconds: run.durationSeconds,
      summary: run.summary,
    })),
    truncated: runs.length > RUNS_SHOWN,
  };
}

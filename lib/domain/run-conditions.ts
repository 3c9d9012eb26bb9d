import type { Check } from './check.ts';
import type { Filter } from './filter.ts';
import { runDocument } from './query-fields.ts';
import { queryCheck } from './query-filter.ts';
import { runChecks } from './run-filter.ts';
import type { RunFacts } from './tracked-event.ts';

/** What a filter asks of the run itself, whatever the event: its run filter and its query. */
export function* runConditions(filter: Filter, run: RunFacts): Generator<Check> {
  if (filter.run) yield* runChecks(filter.run, run);
  if (filter.query) yield queryCheck(filter.query, runDocument(run), 'run');
}

/** Whether the run passes them: what chooses the runs of a schedule's summary. */
export function runMatches(filter: Filter, run: RunFacts): boolean {
  for (const check of runConditions(filter, run)) if (!check.holds) return false;
  return true;
}

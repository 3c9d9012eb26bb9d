import type { RunFacts } from '#lib/domain/tracked-event.ts';
import type { RunWithProgress } from '#lib/store/runs.ts';

/** A run as it is now, in the form in which rules and payloads read it. */
export const toRunFacts = ({ run, progress }: RunWithProgress, nowMs: number): RunFacts => ({
  id: run.id,
  runId: run.runId,
  name: run.name,
  user: run.user,
  state: run.state,
  tags: run.tags,
  group: run.group,
  jobType: run.jobType,
  config: run.config,
  summary: progress.summary,
  createdAt: run.createdAt,
  durationSeconds: runSeconds({ run, progress }, nowMs),
});

/** Running time so far, or in all once it has ended. */
export const runSeconds = ({ run }: RunWithProgress, nowMs: number) =>
  Math.max(0, Math.round(((run.finishedAt ?? nowMs) - run.createdAt) / 1000));

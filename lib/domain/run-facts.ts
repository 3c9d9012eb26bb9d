import type { Run, RunProgress } from './run.ts';
import type { RunFacts } from './tracked-event.ts';

/** A run as it is now, in the form in which rules and payloads read it. */
export const toRunFacts = ({ run, progress }: { run: Run; progress: RunProgress }, nowMs: number): RunFacts => ({
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
  durationSeconds: runSeconds(run, nowMs),
});

/** Running time so far, or in all once it has ended. */
export const runSeconds = ({ createdAt, finishedAt }: Run, nowMs: number) =>
  Math.max(0, Math.round(((finishedAt ?? nowMs) - createdAt) / 1000));

import type { ExecutionStatus } from '#lib/domain/execution.ts';
import type { FailureCause } from '#lib/domain/failure-causes.ts';
import type { TrackedEventType } from '#lib/domain/tracked-event.ts';

/** What the pipeline of this process did, for counting: never for whom, so that what counts it stays small. */
export type Activity =
  | { kind: 'event_accepted'; type: TrackedEventType }
  /** `status` is null when no response came, `cause` when it was delivered. `number` 1 is the execution's first request. */
  | { kind: 'attempt_ended'; number: number; status: number | null; cause: FailureCause | null; durationMs: number; sinceQueuedMs: number }
  | { kind: 'execution_ended'; status: Exclude<ExecutionStatus, 'pending' | 'running'> };

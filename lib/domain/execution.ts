import type { Action } from './automation.ts';
import type { Decision } from './decision.ts';
import type { DeliveryError, HttpTimings, ReceivedResponse, SentRequest } from './delivery-outcome.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { TrackedEvent } from './tracked-event.ts';

export const EXECUTION_STATUSES = ['pending', 'running', 'finished', 'failed', 'skipped'] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/**
 * One firing of one automation for one event; also the queue entry. It lies under its automation's entity and freezes
 * the event's facts, the template, the texts, the integration and the retry schedule.
 */
export type Execution = {
  entityId: number;
  id: string;
  automationId: number;
  automationName: string;
  eventId: string;
  event: TrackedEvent;
  decision: Decision;
  action: Action;
  retry: RetrySchedule;
  status: ExecutionStatus;
  /** Why it failed or was skipped, in a sentence. */
  reason: string | null;
  /** Next due: first try, retry, or end of the lease while running. */
  dueAt: number | null;
  /** Requests made so far; guards settling. */
  number: number;
  /** Tries of the schedule used so far. */
  try: number;
  secondChanceUsed: boolean;
  manual: boolean;
  /** An edit-and-send names the execution it was made from. */
  editedFromId: string | null;
  createdAt: number;
  finishedAt: number | null;
};

/** One request for an execution; opened before sending, closed after, so that a crash is visible. */
export type Attempt = {
  executionId: string;
  number: number;
  try: number;
  startedAt: number;
  durationMs: number | null;
  address: string | null;
  timings: HttpTimings | null;
  request: SentRequest | null;
  response: ReceivedResponse | null;
  error: DeliveryError | null;
};

import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { nextStep } from '#lib/domain/retry.ts';
import type { Settlement } from '#lib/store/settle-executions.ts';

export type Delivered = {
  execution: Execution;
  outcome: DeliveryOutcome | null;
  /** There is no outcome because the database was away when the target was to be read: nothing was sent. */
  storeAway: boolean;
  startedAt: number;
  endedAt: number;
  jitter: number;
};

const LOST_ATTEMPT = { kind: 'try_again' } as const;
/** Soon, and without a try less: the receiver had no part in it. */
const STORE_AWAY_AGAIN_MS = 2000;
const STORE_AWAY_REASON = 'The database was away, so nothing was sent.';
const INTERNAL_REASON = 'Something went wrong on our side while sending it.';

/** What an attempt makes of its execution. Without an outcome (a fault of ours) it is tried again like after a failure. */
export function toSettlement({ execution, outcome, storeAway, startedAt, endedAt, jitter }: Delivered): Settlement {
  const base = {
    entityId: execution.entityId,
    id: execution.id,
    number: execution.number,
    startedAt,
    endedAt,
    try: execution.try,
    secondChanceUsed: execution.secondChanceUsed,
    ...(outcome && { outcome }),
  };
  if (storeAway)
    return { ...base, status: 'pending', reason: STORE_AWAY_REASON, dueAt: endedAt + STORE_AWAY_AGAIN_MS, try: execution.try - 1 };
  const { delaysSeconds } = execution.retry;
  const step = nextStep(outcome ?? LOST_ATTEMPT, execution.try, delaysSeconds, endedAt, jitter, execution.secondChanceUsed);
  const reason = outcome ? (outcome.error?.message ?? null) : INTERNAL_REASON;
  switch (step.kind) {
    case 'succeed':
      return { ...base, status: 'finished', reason: null, dueAt: null };
    case 'fail':
      return { ...base, status: 'failed', reason, dueAt: null };
    case 'retry':
      return step.sameTry
        ? { ...base, status: 'pending', reason, dueAt: step.atMs, try: execution.try - 1, secondChanceUsed: true }
        : { ...base, status: 'pending', reason, dueAt: step.atMs };
  }
}

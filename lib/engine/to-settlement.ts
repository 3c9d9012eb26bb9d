import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { nextStep } from '#lib/domain/retry.ts';
import type { Settlement } from '#lib/store/settle-executions.ts';

export type Delivered = { execution: Execution; outcome: DeliveryOutcome | null; startedAt: number; endedAt: number; jitter: number };

const LOST_ATTEMPT = { kind: 'try_again' } as const;
const INTERNAL_REASON = 'Something went wrong on our side while sending it.';

/** What an attempt makes of its execution. Without an outcome (a fault of ours) it is tried again like after a failure. */
export function toSettlement({ execution, outcome, startedAt, endedAt, jitter }: Delivered): Settlement {
  const { delaysSeconds } = execution.retry;
  const step = nextStep(outcome ?? LOST_ATTEMPT, execution.try, delaysSeconds, endedAt, jitter, execution.secondChanceUsed);
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

import type { EndedAttempt } from '#lib/engine/worker.ts';
import type { NewExecution } from '#lib/store/executions.ts';
import type { Log } from './log.ts';

/** One line for what was queued and one for each attempt, with the ids by which a delivery is followed from its request on. */
export function logPipeline(log: Log) {
  return {
    onQueued: (executions: readonly NewExecution[], requestId: string | null) => {
      if (!log.isLevelEnabled('info')) return;
      for (const { id, eventId, automationId, status } of executions) {
        log.info({ ...(requestId !== null && { requestId }), eventId, executionId: id, automationId, status }, 'execution queued');
      }
    },
    onAttempt: ({ execution, settlement, target }: EndedAttempt) => {
      if (!log.isLevelEnabled('info')) return;
      const { outcome, number, status, startedAt, endedAt } = settlement;
      const answered = outcome?.response?.status;
      log.info(
        {
          eventId: execution.eventId,
          executionId: execution.id,
          attempt: number,
          targetId: target.targetId,
          outcome: outcome?.kind ?? 'not_sent',
          ...(answered !== undefined && { answered }),
          ...(outcome?.error && { error: outcome.error.code }),
          durationMs: endedAt - startedAt,
          status,
        },
        'attempt',
      );
    },
  };
}

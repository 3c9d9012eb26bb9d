import type { ExecutionRow } from '#lib/contracts/automations.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import type { Execution } from '#lib/domain/execution.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { ExecutionListItem } from '#lib/store/execution-history.ts';

/** What a firing was about, with the value that made it fire. */
export function titleOf({ event, decision }: Pick<Execution, 'event' | 'decision'>): string {
  const { evidence, rule } = decision;
  return eventTitle(event, { filter: rule?.filter ?? {}, ...(evidence && { evidence }) });
}

export function toExecutionRow({ execution, cause, targetName, automationExists, lastAttempt, counted }: ExecutionListItem): ExecutionRow {
  const { action, event, status } = execution;
  const id = automationIdText(execution.automationId);
  const more = counted > 0 ? ` and ${counted.toLocaleString('en')} more` : '';
  return {
    id: execution.id,
    automation: { id, name: execution.automationName, href: pagePaths.automation(id), deleted: !automationExists },
    status,
    failedTries: failedTriesOf(execution),
    tries: execution.retry.delaysSeconds.length,
    reason: execution.reason === null ? null : execution.reason + more,
    cause,
    title: titleOf(execution),
    event: { id: event.id, type: event.type, entity: event.place.entity, project: event.place.project },
    target: { kind: action.kind, name: action.kind === 'nothing' ? 'Do nothing' : (targetName ?? '(deleted)') },
    manual: execution.manual,
    durationMs: lastAttempt?.durationMs ?? null,
    lastStatus: lastAttempt?.status ?? null,
    createdAt: execution.createdAt,
    finishedAt: execution.finishedAt,
    nextAttemptAt: status === 'pending' ? execution.dueAt : null,
  };
}

/** Of the schedule's tries: an instant second request belongs to its try, and one that is on its way has not failed yet. */
function failedTriesOf({ status, number, try: tries }: Execution): number {
  if (number === 0) return 0;
  return status === 'finished' || status === 'running' ? Math.max(0, tries - 1) : Math.max(1, tries);
}

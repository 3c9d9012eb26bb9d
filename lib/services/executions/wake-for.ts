import type { Execution } from '#lib/domain/execution.ts';
import type { Context } from '../context.ts';

/** After the commit: tells live pages, and the worker where something is due. */
export function wakeFor({ engine }: Pick<Context, 'engine'>, executions: readonly Pick<Execution, 'entityId' | 'id' | 'action'>[]): void {
  for (const { entityId, id, action } of executions) {
    engine.feed.publish({ entityId, ids: [id] });
    if (action.kind === 'nothing') continue;
    engine.worker.wake({ entityId, targetId: action.target.targetId, targetEntityId: action.target.entityId });
  }
}

import type { Execution } from '#lib/domain/execution.ts';
import { notFound } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntity } from '#lib/store/entities.ts';
import { type ExecutionListItem, findExecutionById } from '#lib/store/execution-history.ts';
import type { Guarded } from '../context.ts';

/** An execution with what rights over it are asked for: its automation's place, and the registry where it happened. */
export async function getStoredExecution(db: Db, id: string): Promise<{ item: ExecutionListItem; guarded: Guarded }> {
  const item = await findExecutionById(db, id);
  const entity = item && (await findEntity(db, item.execution.entityId));
  const what = `The execution ${id}`;
  if (!item || !entity) throw notFound(what);
  return { item, guarded: { ...inItsRegistry(entity, item.execution), notFoundAs: what } };
}

function inItsRegistry(entity: Guarded, { event: { place }, entityId }: Execution): Guarded {
  return place.isRegistry && place.entityId === entityId ? { ...entity, registryId: place.projectId } : entity;
}

export const guardedOfExecution = async (db: Db, id: string): Promise<Guarded> => (await getStoredExecution(db, id)).guarded;

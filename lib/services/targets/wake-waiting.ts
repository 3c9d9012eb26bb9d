import { parseNumberedId } from '#lib/domain/ids.ts';
import type { Context } from '../context.ts';

/**
 * What waits for an integration fails when it was disabled or deleted, and goes when it was enabled or points elsewhere: now,
 * not when its next try would have been due.
 */
export async function wakeWaiting({ engine }: Context, { id }: { id: string }): Promise<void> {
  await engine.worker.wakeTarget(parseNumberedId('whk', id) ?? parseNumberedId('slk', id)!);
}

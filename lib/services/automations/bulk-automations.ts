import type { z } from 'zod';
import type { BulkBody, BulkResult } from '#lib/contracts/automations.ts';
import { isAppError } from '#lib/errors.ts';
import type { Context } from '../context.ts';
import { deleteAutomation } from './delete-automation.ts';
import { updateAutomation } from './update-automation.ts';

/** Each on its own: what is refused does not keep the rest from being done. */
export async function bulkAutomations(ctx: Context, { ids, action }: z.output<typeof BulkBody>): Promise<z.output<typeof BulkResult>> {
  const result: z.output<typeof BulkResult> = { done: [], refused: [] };
  for (const id of new Set(ids)) {
    try {
      if (action === 'delete') await deleteAutomation(ctx, { id });
      else await updateAutomation(ctx, { id, patch: { enabled: action === 'enable' } });
      result.done.push(id);
    } catch (error) {
      if (!isAppError(error) || error.code === 'unavailable') throw error;
      result.refused.push({ id, message: error.message });
    }
  }
  return result;
}

import { z } from 'zod';
import { deleteAutomation as deleteStored } from '#lib/store/automations.ts';
import { command } from '../command.ts';
import { auditedAutomation } from './audited-automation.ts';
import { getStoredAutomation, guardedOfAutomation } from './find-automation.ts';

/** What is queued goes out all the same; the history keeps the name. */
export const deleteAutomation = command({
  permission: 'automations:write',
  input: z.object({ id: z.string() }),
  entityOf: (ctx, { id }) => guardedOfAutomation(ctx.db, id),
  run: async (ctx, { id }) => {
    const { automation } = await getStoredAutomation(ctx.db, id);
    const audit = { what: 'automation.deleted', ...(await auditedAutomation(ctx.db, automation, 'before')) };
    await deleteStored(ctx.db, automation.entityId, automation.id);
    return { result: undefined, audit };
  },
});

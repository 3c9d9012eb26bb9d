import { z } from 'zod';
import { query } from '../command.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { toAutomationViews } from './automation-view.ts';
import { getStoredAutomation, guardedOfAutomation } from './find-automation.ts';

export const getAutomation = query({
  permission: 'see',
  input: z.object({ id: z.string() }),
  entityOf: (ctx, { id }) => guardedOfAutomation(ctx.db, id),
  run: async (ctx, { id }) => {
    const { automation } = await getStoredAutomation(ctx.db, id);
    const [view] = await toAutomationViews(ctx, [automation], await listVisiblePlaces(ctx));
    return view!;
  },
});

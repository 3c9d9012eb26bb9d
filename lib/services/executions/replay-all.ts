import type { z } from 'zod';
import { ReplayAllBody } from '#lib/contracts/automations.ts';
import { isAppError } from '#lib/errors.ts';
import { listExecutions } from '#lib/store/execution-history.ts';
import type { Context } from '../context.ts';
import { instanceQuery } from '../instance-command.ts';
import { toHistoryFilter } from './list-executions.ts';
import { replayExecution } from './replay-execution.ts';

const AT_ONCE = 200;

/** The ids of everything that failed since a time; exact, because it is shown before all of it is sent again. */
const listFailedIds = instanceQuery({
  allow: 'signed_in',
  input: ReplayAllBody,
  run: async (ctx, { since, automation, webhook, project }) => {
    const filter = await toHistoryFilter(ctx, { status: 'failed', since, automation, webhook, project });
    const ids: string[] = [];
    for (let before: { createdAt: number; id: string } | undefined; filter; ) {
      const page = await listExecutions(ctx.reader, filter, { limit: AT_ONCE, ...(before && { before }) });
      ids.push(...page.map(({ execution }) => execution.id));
      if (page.length < AT_ONCE) break;
      before = page.at(-1)!.execution;
    }
    return ids;
  },
});

/** Each on its own, oldest first; what may not or cannot be replayed is counted, not sent. */
export async function replayAll(ctx: Context, body: z.input<typeof ReplayAllBody>) {
  const ids = await listFailedIds(ctx, body);
  if (body.dryRun) return { count: ids.length, replayed: 0, refused: 0 };
  let replayed = 0;
  let refused = 0;
  for (const id of ids.reverse()) {
    try {
      await replayExecution(ctx, { id });
      replayed++;
    } catch (error) {
      if (!isAppError(error) || error.code === 'unavailable') throw error;
      refused++;
    }
  }
  return { count: ids.length, replayed, refused };
}

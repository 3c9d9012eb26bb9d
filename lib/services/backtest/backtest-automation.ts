import { z } from 'zod';
import { Json } from '#lib/domain/json.ts';
import { invalid } from '#lib/errors.ts';
import { openDraft, toJudgedAutomation } from '../automations/open-draft.ts';
import { instanceQuery } from '../instance-command.ts';
import { watchedRanges } from './watched-history.ts';

export const BacktestBody = z.strictObject({
  automation: z.record(z.string(), Json),
  days: z.number().min(0.01, 'At least a hundredth of a day.').max(90, 'At most 90 days.').default(7),
});

const DAY_MS = 86_400_000;

/** Replays what was stored against a draft: one JSON object a line, BacktestLine. */
export const backtestAutomation = instanceQuery({
  allow: 'signed_in',
  input: BacktestBody,
  run: async (ctx, { automation: raw, days }) => {
    const draft = await openDraft(ctx, raw);
    const blocking = draft.issues.filter(({ path }) => ['scope', 'on', 'filter'].includes(String(path[0])));
    const automation = toJudgedAutomation(draft);
    if (!automation || blocking.length) throw invalid('Finish the event and its condition first.', blocking);
    const now = ctx.now();
    const ranges = await watchedRanges(ctx, draft.scope!);
    return linesOf(ctx.longReads.read('backtest', { automation, ranges, since: now - days * DAY_MS, now, publicUrl: ctx.publicUrl }));
  },
});

async function* linesOf(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

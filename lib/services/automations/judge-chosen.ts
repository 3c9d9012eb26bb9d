import type { Automation } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import type { Context } from '../context.ts';
import { readAll } from '../long-reads.ts';
import type { ChosenEvent } from './choose-event.ts';
import { judgeEvent } from './judge-event.ts';

/**
 * What the automation would decide about the event that was chosen, and the event that it would send. A stored batch of lines
 * stands for its run, of which it may be a part: the run is judged as a whole, so that what is sent is what its firing sends
 * and what the list of recent events showed.
 */
export async function judgeChosen(
  ctx: Pick<Context, 'reader' | 'longReads' | 'now'>,
  automation: Automation,
  chosen: ChosenEvent,
): Promise<{ chosen: ChosenEvent; decision: Decision }> {
  const { source, event } = chosen;
  if (source === 'stored' && event.type === 'run.metrics' && isMetricEvent(automation.on)) {
    const [judged] = await readAll(ctx.longReads, 'run', { automation, event, now: ctx.now() });
    if (judged) return { chosen: { ...chosen, event: judged.event }, decision: judged.decision };
  }
  return { chosen, decision: await judgeEvent(ctx.reader, automation, chosen) };
}

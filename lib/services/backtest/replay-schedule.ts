import type { Backtest } from '#lib/domain/backtest.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import { nextTime } from '#lib/domain/schedule.ts';
import { scheduleFacts } from '#lib/engine/schedule-event.ts';
import type { Db } from '#lib/store/connect.ts';
import type { Replay, Replayed } from './replay.ts';

/** The planned times of the period, each with the runs that its summary would have had. */
export async function* replaySchedule(db: Db, { automation, since, now, publicUrl }: Replay, backtest: Backtest): AsyncGenerator<Replayed> {
  const schedule = automation.filter.schedule!;
  for (let at = nextTime(schedule, since); at !== null && at <= now; at = nextTime(schedule, at)) {
    const factsOf = (run: Parameters<typeof toRunFacts>[0]) => toRunFacts(run, now);
    const facts = await scheduleFacts(db, automation, { plannedAt: at, missed: 0 }, { factsOf, publicUrl });
    if (!facts) return;
    const event = { id: '', at, receivedAt: at, author: null, reportedBy: null, ...facts };
    const decision = backtest.feedEvent(event);
    const share = (at - since) / Math.max(1, now - since);
    yield decision.kind === 'fire' ? { share, fired: { event, decision } } : { share };
  }
}

import type { Automation } from '#lib/domain/automation.ts';
import { Backtest } from '#lib/domain/backtest.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { judgedPartOf } from '#lib/domain/judged-part.ts';
import type { TrackedEvent, TrackedEventType } from '#lib/domain/tracked-event.ts';
import type { Db } from '#lib/store/connect.ts';
import { judgeRun } from './judge-run.ts';
import type { Replay } from './replay.ts';
import { shortened } from './shortened.ts';
import { listWatchedEvents, listWatchedRuns, type WatchedRun } from './watched-history.ts';

export type Judged = { event: TrackedEvent; decision: Decision };

const EVENTS_LOOKED_AT = 200;
const RUNS_LOOKED_AT = 50;
/** Values judged at most, so that an answer comes while somebody types. */
const VALUES_LOOKED_AT = 300_000;

/** What an automation would have made of what happened last, newest first. */
export async function* judgeRecent(
  db: Db,
  { automation, ranges, now }: Omit<Replay, 'since' | 'publicUrl'>,
): AsyncGenerator<Judged | null> {
  if (isMetricEvent(automation.on)) {
    yield* judgeRuns(db, automation, await listWatchedRuns(db, ranges, RUNS_LOOKED_AT, now));
    return;
  }
  const oldestFirst = await listWatchedEvents(db, ranges, automation.on as TrackedEventType, EVENTS_LOOKED_AT);
  const backtest = new Backtest(automation, { explainSkips: true }); // the limits count as they would have
  yield* oldestFirst.map((event) => ({ event, decision: backtest.feedEvent(event) })).reverse();
}

/** Each run alone: its first firing, or the value that came nearest. Runs that never logged the metric are left away. */
async function* judgeRuns(db: Db, automation: Automation, runs: readonly WatchedRun[]): AsyncGenerator<Judged | null> {
  let values = 0;
  for (const held of runs) {
    if (values >= VALUES_LOOKED_AT) return;
    const found = await judgeRun(db, automation, held);
    if (!found) yield null;
    else {
      values += found.values;
      yield { decision: shortened(found.decision), event: judgedPartOf(found.event, found.decision) };
    }
  }
}

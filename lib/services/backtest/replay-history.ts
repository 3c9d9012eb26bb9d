import type { z } from 'zod';
import type { BacktestLine } from '#lib/contracts/automations.ts';
import { Backtest } from '#lib/domain/backtest.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import type { Db } from '#lib/store/connect.ts';
import type { Replay, Replayed } from './replay.ts';
import { replayEvents } from './replay-events.ts';
import { replaySchedule } from './replay-schedule.ts';
import { replaySilence } from './replay-silence.ts';
import { replayValues } from './replay-values.ts';
import { shortened } from './shortened.ts';

type Line = z.input<typeof BacktestLine>;

const PROGRESS_STEP = 0.005;

/** Replays what was stored, in order of arrival, as if the automation had been there. Null where there is nothing to tell yet. */
export async function* replayHistory(db: Db, replay: Replay): AsyncGenerator<Line | null> {
  const { automation } = replay;
  const backtest = new Backtest(automation);
  const progress = (share: number): Line => {
    const { events, values, fired } = backtest.totals;
    return { type: 'progress', share, events, values, fired };
  };
  let told = 0;
  yield progress(0);
  for await (const { share, fired } of historyOf(db, replay, backtest)) {
    if (fired) yield firingLine(replay, fired);
    if (share - told >= PROGRESS_STEP) {
      told = share;
      yield progress(share);
    } else yield null;
  }
  yield { type: 'done', ...backtest.totals, ...noteOn(replay) };
}

function historyOf(db: Db, replay: Replay, backtest: Backtest): AsyncGenerator<Replayed> {
  const { on } = replay.automation;
  if (isMetricEvent(on)) return replayValues(db, replay, backtest);
  if (on === 'schedule') return replaySchedule(db, replay, backtest);
  return on === 'run.silent' ? replaySilence(db, replay, backtest) : replayEvents(db, replay, backtest);
}

function firingLine({ automation }: Replay, { event, decision, spans }: NonNullable<Replayed['fired']>): Line {
  const { evidence } = decision;
  return {
    type: 'firing',
    at: new Date(event.receivedAt).toISOString(),
    title: eventTitle(event, { filter: automation.filter, ...(evidence && { evidence }) }),
    eventId: event.id || null,
    entity: event.place.entity,
    project: event.place.project,
    run: 'run' in event ? { id: event.run.runId, name: event.run.name } : null,
    decision: shortened(decision),
    ...(spans && { spans }),
  };
}

function noteOn({ automation: { on, filter } }: Replay): { note?: string } {
  const notes = [
    ...(on === 'run.silent' ? ['Silence was found between the stored batches of each run.'] : []),
    ...(on === 'schedule' ? ['Summaries show the runs as they are now.'] : []),
    ...(isMetricEvent(on) || on === 'run.silent'
      ? filter.run !== undefined || filter.query !== undefined
        ? ['Run filters were judged by the runs as they are now.']
        : []
      : []),
  ];
  return notes.length > 0 ? { note: notes.join(' ') } : {};
}

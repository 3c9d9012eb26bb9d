import type { Backtest } from '#lib/domain/backtest.ts';
import { SLOT_MS } from '#lib/domain/limits.ts';
import { hasEnded } from '#lib/domain/run.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import type { EventOf, RunState } from '#lib/domain/tracked-event.ts';
import { missedMs, type Outage, silentAt } from '#lib/domain/up-time.ts';
import { findOutages } from '#lib/engine/up-time-log.ts';
import type { Db } from '#lib/store/connect.ts';
import { listEvents } from '#lib/store/events.ts';
import { readArrivals } from '#lib/store/metric-series.ts';
import { listRunsSince } from '#lib/store/run-metrics.ts';
import { findRunByNumber, type RunWithProgress } from '#lib/store/runs.ts';
import type { Replay, Replayed } from './replay.ts';
import { placesOf } from './replay-values.ts';

const MINUTE = 60_000;
const STATES_READ = 1000;

type Silence = { at: number; lastValueAt: number | null; entityId: number; run: number; projectId: number; minutes: number };

/** Silence leaves no event, so it is found again: between the batches of a run, while it was running and a server ran. */
export async function* replaySilence(db: Db, replay: Replay, backtest: Backtest): AsyncGenerator<Replayed> {
  const { automation, ranges, since, now } = replay;
  const outages = await findOutages(db);
  const silences: Silence[] = [];
  for (const [index, range] of ranges.entries()) {
    const runs = await listRunsSince(db, range, since);
    for (const [looked, { id, projectId }] of runs.entries()) {
      const held = await findRunByNumber(db, range.entityId, id);
      if (!held) continue;
      for (const silence of await silencesOf(db, held, automation.filter.silentMinutes!, replay, outages)) {
        silences.push({ ...silence, entityId: range.entityId, run: id, projectId });
      }
      yield { share: (0.9 * (index + (looked + 1) / runs.length)) / ranges.length };
    }
  }
  const placeOf = placesOf(db);
  silences.sort((a, b) => a.at - b.at || a.run - b.run);
  for (const [index, { at, lastValueAt, minutes, entityId, run, projectId }] of silences.entries()) {
    const held = await findRunByNumber(db, entityId, run);
    const place = await placeOf(entityId, projectId);
    if (!held || !place) continue;
    const event: EventOf<'run.silent'> = {
      id: '',
      at,
      receivedAt: at,
      author: null,
      reportedBy: null,
      type: 'run.silent',
      place,
      run: toRunFacts(held, now),
      lastValueAt,
      silentMinutes: minutes,
    };
    const decision = backtest.feedEvent(event);
    const share = 0.9 + (0.1 * (index + 1)) / silences.length;
    yield decision.kind === 'fire' ? { share, fired: { event, decision } } : { share };
  }
}

/** Each time at which live would have found the run silent long enough, and again a day later while it still was. */
async function silencesOf(db: Db, held: RunWithProgress, minutes: number, { since, now }: Replay, outages: readonly Outage[]) {
  const key = { entityId: held.run.entityId, run: held.run.id };
  const arrivals: number[] = [];
  for await (const at of readArrivals(db, key, 'history')) arrivals.push(at);
  arrivals.sort((a, b) => a - b);
  const found: Pick<Silence, 'at' | 'lastValueAt' | 'minutes'>[] = [];
  let next = 0;
  for (const { from, to } of await timesRunning(db, held, now)) {
    while (next < arrivals.length && arrivals[next]! <= from) next++;
    let last = arrivals[next - 1] ?? null;
    for (let start = from; start < to; next++) {
      const end = Math.min(to, arrivals[next] ?? to);
      for (let at = silentAt(outages, start, minutes * MINUTE); at < end; at += SLOT_MS) {
        const quiet = at - start - missedMs(outages, start, at);
        if (at >= since && at <= now) found.push({ at, lastValueAt: last, minutes: Math.floor(quiet / MINUTE) });
      }
      if (end === to) break;
      start = end;
      last = end;
    }
  }
  return found;
}

/** From when to when the run was running, by the events of its states; where those are gone, from its beginning to its end. */
async function timesRunning(db: Db, { run }: RunWithProgress, now: number): Promise<{ from: number; to: number }[]> {
  const filter = { entityId: run.entityId, run: run.id, types: ['run.state' as const] };
  const events = (await listEvents(db, filter, { limit: STATES_READ })).reverse() as EventOf<'run.state'>[];
  const end = run.finishedAt ?? now;
  const changes: { at: number; state: RunState }[] = events.map((event) => ({ at: event.receivedAt, state: event.run.state }));
  if (events[0]?.previousState !== null) changes.unshift({ at: run.createdAt, state: 'running' });
  const times: { from: number; to: number }[] = [];
  for (const [index, { at, state }] of changes.entries()) {
    if (hasEnded(state)) continue;
    const to = changes[index + 1]?.at ?? end;
    if (times.at(-1)?.to === at) times.at(-1)!.to = to;
    else times.push({ from: at, to });
  }
  return times;
}

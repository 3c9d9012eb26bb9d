import type { Automation } from '#lib/domain/automation.ts';
import type { Backtest } from '#lib/domain/backtest.ts';
import type { Decision, MetricEvidence } from '#lib/domain/decision.ts';
import { compileMetricRule } from '#lib/domain/metric-rules.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { Db } from '#lib/store/connect.ts';
import { listLastPoints } from '#lib/store/metric-series.ts';
import { findPlace } from '#lib/store/projects.ts';
import { listRunsSince } from '#lib/store/run-metrics.ts';
import { Heap } from './heap.ts';
import type { Replay, Replayed, Spans } from './replay.ts';
import { RunReplay } from './run-replay.ts';

/** Values that all open runs may hold in memory together: some 80 MB with what lies beside them. */
const VALUES_HELD = 2_000_000;
const MOST_LINES = 8192;
const FEWEST_LINES = 512;
const TURN_EVERY = 1000;

/**
 * Batches of all runs, merged by their arrival. A run is opened when the first of its values can be next, and of each run a
 * part is in memory, so what a backtest needs does not grow with what is stored.
 */
export async function* replayValues(db: Db, { automation, ranges, since, now }: Replay, backtest: Backtest): AsyncGenerator<Replayed> {
  const rule = compileMetricRule(automation.on, automation.filter)!;
  const runs = await listRuns(db, automation, ranges, since);
  const placeOf = placesOf(db);
  const total = runs.reduce((sum, { lines }) => sum + lines, 0);
  const open = new Heap<RunReplay>((a, b) => a.at < b.at || (a.at === b.at && a.key.run < b.key.run));
  let done = 0;
  let fed = 0;
  let next = 0;
  const share = () => (total === 0 ? 1 : Math.min(1, done / total));
  const linesAtOnce = () => Math.max(FEWEST_LINES, Math.min(MOST_LINES, Math.floor(VALUES_HELD / (open.size + 1))));
  for (;;) {
    while (next < runs.length && runs[next]!.createdAt <= (open.peek()?.at ?? Number.POSITIVE_INFINITY)) {
      const run = runs[next++]!;
      const place = await placeOf(run.entityId, run.projectId);
      const opened = place && (await RunReplay.open(db, { ...run, place, rule, since, now, lines: linesAtOnce() }, backtest));
      if (opened) open.push(opened);
      done += opened ? opened.reached : run.lines;
      yield { share: share() };
    }
    const run = open.pop();
    if (!run) return;
    const until = Math.min(open.peek()?.at ?? Number.POSITIVE_INFINITY, runs[next]?.createdAt ?? Number.POSITIVE_INFINITY);
    let goesOn = true;
    while (goesOn && run.at <= until) {
      const at = run.at;
      const decision = run.feed(backtest);
      if (decision.kind === 'fire') yield { share: share(), fired: await firingOf(db, run, at, decision) };
      else if (++fed % TURN_EVERY === 0) yield { share: share() };
      if (!run.isSpent) continue;
      const before = run.reached;
      goesOn = await run.load(linesAtOnce());
      done += run.reached - before;
      yield { share: share() };
    }
    if (goesOn) open.push(run);
  }
}

async function listRuns(db: Db, { on, filter }: Automation, ranges: Replay['ranges'], since: number) {
  const { metricName } = compileMetricRule(on, filter)!;
  const found = [];
  for (const range of ranges) {
    const runs = await listRunsSince(db, range, since, [metricName, `system.${metricName}`]);
    for (const run of runs) found.push({ ...run, entityId: range.entityId });
  }
  return found.sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
}

/** Places by project, each read once. */
export function placesOf(db: Db) {
  const places = new Map<number, Place | null>();
  return async (entityId: number, projectId: number): Promise<Place | null> => {
    const known = places.get(projectId);
    if (known !== undefined) return known;
    const found = await findPlace(db, entityId, projectId);
    const { artifactTypes: _, ...place } = found ?? { artifactTypes: null };
    places.set(projectId, found ? (place as Place) : null);
    return places.get(projectId)!;
  };
}

async function firingOf(db: Db, run: RunReplay, at: number, decision: Decision): Promise<NonNullable<Replayed['fired']>> {
  const spans = decision.evidence && (await spansOf(db, run, decision.evidence));
  return { event: { ...run.event, at, receivedAt: at }, decision, ...(spans && { spans }) };
}

/** From which step to which the windows reach, for the chart. */
async function spansOf(db: Db, run: RunReplay, { line, windows }: MetricEvidence): Promise<Spans | undefined> {
  const current = windows.current.length;
  const prior = windows.prior?.length ?? 0;
  if (current + prior < 2) return undefined;
  const points = await listLastPoints(db, run.key, run.stream, run.metric, line + 1, current + prior);
  const span = (from: number, to: number): [number, number] => [points[from]!.step, points[to]!.step];
  if (points.length < current + prior) return undefined; // lines were dropped meanwhile
  return { current: span(prior, current + prior - 1), ...(prior > 0 && { prior: span(0, prior - 1) }) };
}

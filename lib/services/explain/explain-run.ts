import { z } from 'zod';
import type { ExplanationPage } from '#lib/contracts/explain.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { type AutomationEvent, isMetricEvent, METRIC_EVENTS } from '#lib/domain/event-types.ts';
import { accountFor } from '#lib/domain/explain.ts';
import { filterableState, slotKey } from '#lib/domain/limits.ts';
import { numberWords } from '#lib/domain/rule-words.ts';
import { hasEnded } from '#lib/domain/run.ts';
import { toRunFacts } from '#lib/domain/run-facts.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { EventOf } from '#lib/domain/tracked-event.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { listEvents } from '#lib/store/events.ts';
import { listExecutionsAbout } from '#lib/store/executions-about.ts';
import { listSlots } from '#lib/store/firing-limits.ts';
import type { RunWithProgress } from '#lib/store/runs.ts';
import type { Context } from '../context.ts';
import { parseCursor } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { toPlace } from '../places/find-place.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { getRunAt } from '../runs/find-run.ts';
import { explainGone, toExplained, toJudged } from './explained.ts';
import { type Judged, judgeEvents } from './judge-events.ts';
import { judgeRunMetrics, type RunFinding } from './judge-run-metrics.ts';
import { countOtherWatchers, listVisibleWatchers, ownersAt } from './watchers.ts';

const EVENTS_LOOKED_AT = 50;
const EXECUTIONS_LOOKED_AT = 200;
const ON_RUNS: readonly AutomationEvent[] = [...METRIC_EVENTS, 'run.state', 'run.silent'];
const MINUTE_MS = 60_000;

/** Which automations saw a run, which fired on it, which did not, and why: of rules on metrics the nearest that it came. */
export const explainRun = instanceQuery({
  allow: 'signed_in',
  input: z.object({ entity: z.string(), project: z.string(), run: z.string() }).extend(PageQuery.shape),
  run: async (ctx, { limit, after, ...address }): Promise<z.output<typeof ExplanationPage>> => {
    const { at, ...held } = await getRunAt(ctx, address);
    const { run } = held;
    const place = await toPlace(ctx.reader, at);
    const visible = await listVisiblePlaces(ctx);
    const afterId = parseCursor(z.int(), after);
    const { watchers, ...page } = await listVisibleWatchers(ctx, visible, place, ON_RUNS, { limit, afterId });
    const onMetrics = watchers.filter(({ automation }) => isMetricEvent(automation.on));
    const about = { entityId: run.entityId, run: run.id, types: ['run.state', 'run.silent'] as const };
    const events = await listEvents(ctx.reader, about, { limit: EVENTS_LOOKED_AT });
    const onEvents = watchers.filter((watcher) => !onMetrics.includes(watcher));
    const { judged } = await judgeEvents(ctx, place, onEvents, events);
    for (const watcher of onEvents) {
      if (watcher.automation.on === 'run.silent' && !judged.has(watcher.automation.id)) {
        judged.set(watcher.automation.id, [judgeSilence(ctx, held, place, watcher)]);
      }
    }
    const { findings, isPartial } = await judgeRunMetrics(ctx, held, valuesOf(ctx, held, place), onMetrics);
    const all = await listExecutionsAbout(ctx.reader, ownersAt(place), { eventEntityId: run.entityId, run: run.id }, EXECUTIONS_LOOKED_AT);
    const executions = all.filter(({ manual }) => !manual);
    for (const watcher of onMetrics) {
      const fired = executions.filter(({ automationId }) => automationId === watcher.automation.id);
      const finding = findings.get(watcher.automation.id);
      if (fired.length > 0)
        judged.set(
          watcher.automation.id,
          fired.map((execution) => toJudged(execution, titleOf(execution))),
        );
      else if (finding) judged.set(watcher.automation.id, [judgeFinding(watcher, finding)]);
    }
    const gone = afterId === undefined ? await explainGone(ctx, visible, place, executions, titleOf) : [];
    const heldBack = await heldBackOf(ctx, watchers, held, place);
    return {
      ...page,
      items: [...gone, ...(await toExplained(ctx, visible, watchers, judged, { heldBack, notHappened: true }))],
      others: await countOtherWatchers(ctx, place, ON_RUNS),
      note: isPartial ? 'Of metrics with very many values the newest were judged again.' : null,
    };
  },
});

const titleOf = ({ decision: { evidence } }: { decision: Decision }) =>
  evidence ? `${evidence.metric} at step ${numberWords(evidence.step)}` : 'run state';

/** The event that stands for all of a run's values: the run as it is now. */
function valuesOf(ctx: Context, held: RunWithProgress, place: Place): EventOf<'run.metrics'> {
  const at = held.progress.lastValueAt ?? held.run.updatedAt;
  const common = { id: '', at, receivedAt: at, author: held.run.user, reportedBy: null, place };
  return { ...common, type: 'run.metrics', run: toRunFacts(held, ctx.now()), firstLine: 0, lines: [] };
}

function judgeFinding({ automation, armedAt }: Candidate, { decision, key, values, newestAt }: RunFinding): Judged {
  const account = accountFor({ automation, armedAt, receivedAt: newestAt, execution: null, kept: null, judged: decision });
  const title = values === 0 ? `no value of ${key}` : `${key}, ${numberWords(values)} ${values === 1 ? 'value' : 'values'}`;
  return { ...account, at: newestAt, title, eventId: null, execution: null };
}

/** Silence leaves an event only when it fires; until then it is judged as it is at this moment. */
function judgeSilence(ctx: Context, held: RunWithProgress, place: Place, { automation, armedAt }: Candidate): Judged {
  const { run, progress } = held;
  const now = ctx.now();
  const since = Math.max(progress.lastValueAt ?? 0, run.startedAt, automation.enabled ? armedAt : 0);
  const silentMinutes = Math.max(0, Math.floor((now - since) / MINUTE_MS));
  const common = { id: '', at: now, receivedAt: now, author: null, reportedBy: null, place };
  const facts = { run: toRunFacts(held, now), lastValueAt: progress.lastValueAt, silentMinutes };
  const event: EventOf<'run.silent'> = { ...common, ...facts, type: 'run.silent' };
  const decision = hasEnded(run.state) ? ended(run.state) : decide(automation, event, { nowMs: now, explainSkips: true });
  const account = accountFor({ automation, armedAt, receivedAt: now, execution: null, kept: null, judged: decision });
  const soon = 'It has been silent long enough: the next look, within seconds, fires it. Time without a server does not count';
  const reason = account.outcome === 'would_match' ? soon : account.reason;
  return { ...account, reason, at: now, title: 'silence so far', eventId: null, execution: null };
}

const ended = (state: string): Decision => ({
  kind: 'skip',
  because: 'filter_did_not_match',
  clauses: [{ clause: 'condition', holds: false, text: `The run is ${state}: silence counts only while it runs` }],
});

/** Matches that the 24 hours held back, by automation: the run has one slot, and one for each state that a filter knows. */
async function heldBackOf(ctx: Context, watchers: readonly Candidate[], held: RunWithProgress, place: Place): Promise<Map<number, number>> {
  const event = valuesOf(ctx, held, place);
  const run = slotKey(event)!;
  const states = (['running', 'finished', 'failed'] as const).map((state) => `${run}:${filterableState(state)}`);
  const keys = watchers.map(({ automation: { entityId, id } }) => ({ entityId, id }));
  const counts = new Map<number, number>();
  for (const { automationId, heldBack } of await listSlots(ctx.reader, keys, [run, ...states])) {
    counts.set(automationId, (counts.get(automationId) ?? 0) + heldBack);
  }
  return counts;
}

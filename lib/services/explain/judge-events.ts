import { isMetricEvent } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import type { ExecutionStatus } from '#lib/domain/execution.ts';
import { type Account, accountFor } from '#lib/domain/explain.ts';
import { slotKey } from '#lib/domain/limits.ts';
import { resolveMetricKey } from '#lib/domain/metric-values.ts';
import { metricRuleOf } from '#lib/domain/rule-words.ts';
import type { Place } from '#lib/domain/scope.ts';
import type { EventOf, TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import { type ExecutionAbout, listExecutionsAbout } from '#lib/store/executions-about.ts';
import { listSlots, type Slot } from '#lib/store/firing-limits.ts';
import { listNearMissesOfEvents } from '#lib/store/near-misses.ts';
import { judgeEvent } from '../automations/judge-event.ts';
import type { Context } from '../context.ts';
import { ownersAt } from './watchers.ts';

/** What one automation made of one thing that happened. */
export type Judged = Account & {
  at: number;
  title: string;
  eventId: string | null;
  execution: { id: string; status: ExecutionStatus } | null;
};

export type JudgedByAutomation = Map<number, Judged[]>;

const EXECUTIONS = 1000;

/** Each watcher's account of each of the events that concern it, newest first, from what was recorded and from `decide`. */
export async function judgeEvents(
  ctx: Context,
  place: Place,
  watchers: readonly Candidate[],
  events: readonly TrackedEvent[],
): Promise<{ judged: JudgedByAutomation; executions: ExecutionAbout[] }> {
  const eventIds = events.map(({ id }) => id);
  const executions = await listExecutionsAbout(ctx.reader, ownersAt(place), { eventIds }, EXECUTIONS);
  const fired = new Map(executions.filter(({ manual }) => !manual).map((one) => [`${one.automationId} ${one.eventId}`, one]));
  const kept = await listNearMissesOfEvents(ctx.reader, watchers.map(toKey), eventIds);
  const slots = await slotsOf(ctx, watchers, events);
  const judged: JudgedByAutomation = new Map();
  for (const watcher of watchers) {
    const own: Judged[] = [];
    for (const event of events) {
      if (!concerns(watcher, event)) continue;
      const key = `${watcher.automation.id} ${event.id}`;
      own.push(await judgeOne(ctx, watcher, event, fired.get(key) ?? null, kept.get(key) ?? null, slots));
    }
    if (own.length > 0) judged.set(watcher.automation.id, own);
  }
  return { judged, executions };
}

async function judgeOne(
  ctx: Context,
  { automation, armedAt }: Candidate,
  event: TrackedEvent,
  execution: ExecutionAbout | null,
  kept: Account['decision'] | null,
  slots: readonly Slot[],
): Promise<Judged> {
  const slot = slots.find((one) => one.automationId === automation.id && one.slot === slotKey(event));
  const slotTakenAt = slot && slot.firedAt <= event.receivedAt && slot.executionId !== execution?.id ? slot.firedAt : null;
  const judged = execution?.decision ?? kept ?? (await judgeEvent(ctx.reader, automation, { source: 'stored', event }, { slotTakenAt }));
  const account = accountFor({ automation, armedAt, receivedAt: event.receivedAt, execution, kept, judged });
  const { evidence } = account.decision;
  return {
    ...account,
    at: event.receivedAt,
    title: eventTitle(event, { filter: account.decision.rule?.filter ?? automation.filter, ...(evidence && { evidence }) }),
    eventId: event.id,
    execution: execution && { id: execution.id, status: execution.status },
  };
}

/** Whether the automation waits for what this is; of lines of metrics, whether its own is among them. */
function concerns({ automation }: Candidate, event: TrackedEvent): boolean {
  if (event.type !== 'run.metrics') return automation.on === event.type;
  const rule = isMetricEvent(automation.on) ? metricRuleOf(automation.filter) : null;
  if (!rule) return false;
  const logged = loggedIn(event);
  return logged.has(resolveMetricKey(rule.name, (key) => logged.has(key)));
}

const loggedIn = ({ lines }: EventOf<'run.metrics'>) => new Set(lines.flatMap(({ values }) => Object.keys(values)));

const toKey = ({ automation: { entityId, id } }: Candidate) => ({ entityId, id });

function slotsOf(ctx: Context, watchers: readonly Candidate[], events: readonly TrackedEvent[]): Promise<Slot[]> {
  const names = [...new Set(events.flatMap((event) => slotKey(event) ?? []))];
  return listSlots(ctx.reader, watchers.map(toKey), names);
}

import type { z } from 'zod';
import type { ExplainedAutomation } from '#lib/contracts/explain.ts';
import { describeTrigger } from '#lib/domain/describe.ts';
import { type AutomationEvent, eventTypeOf } from '#lib/domain/event-types.ts';
import { bestAccount, decidingText } from '#lib/domain/explain.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { textOf } from '#lib/domain/rule-words.ts';
import { type Place, scopeContains } from '#lib/domain/scope.ts';
import { findAutomation } from '#lib/store/automations.ts';
import type { Candidate } from '#lib/store/candidates.ts';
import type { ExecutionAbout } from '#lib/store/executions-about.ts';
import { toAutomationViews } from '../automations/automation-view.ts';
import type { Context } from '../context.ts';
import type { VisiblePlaces } from '../places/visible-places.ts';
import type { Judged, JudgedByAutomation } from './judge-events.ts';

type View = z.output<typeof ExplainedAutomation>;

const SHOWN = 20;

/** The automations with what they made of it; of those that nothing of it concerned, `notHappened` says whether they are told of. */
export async function toExplained(
  ctx: Context,
  visible: VisiblePlaces,
  watchers: readonly Candidate[],
  judged: JudgedByAutomation,
  { heldBack, notHappened }: { heldBack?: ReadonlyMap<number, number>; notHappened: boolean },
): Promise<View[]> {
  const concerned = watchers.map(({ automation }) => automation).filter(({ id }) => notHappened || judged.has(id));
  const views = await toAutomationViews(ctx, concerned, visible);
  return views.map((view, index) => {
    const { id } = concerned[index]!;
    return {
      automation: {
        id: view.id,
        name: view.name,
        href: view.href,
        on: view.on,
        enabled: view.enabled,
        trigger: textOf(describeTrigger(view)),
      },
      ...(judged.has(id) ? inShort(judged.get(id)!) : { ...nothingOf(view.on), judged: [] }),
      heldBack: heldBack?.get(id) ?? 0,
    };
  });
}

const nothingOf = (on: AutomationEvent) => ({
  outcome: 'not_happened' as const,
  reason: `It waits for "${eventTypeOf(on).label}", which has not happened here`,
});

function inShort(newestFirst: readonly Judged[]): Pick<View, 'outcome' | 'reason' | 'judged'> {
  const { outcome, reason } = bestAccount(newestFirst)!;
  return { outcome, reason, judged: newestFirst.slice(0, SHOWN) };
}

/** A firing as the account of an automation that may be gone. */
export const toJudged = (execution: ExecutionAbout, title: string): Judged => ({
  outcome: execution.status === 'skipped' ? 'skipped' : 'fired',
  reason: execution.status === 'skipped' ? (execution.reason ?? decidingText(execution.decision)) : decidingText(execution.decision),
  decision: execution.decision,
  source: 'recorded',
  at: execution.createdAt,
  title,
  eventId: execution.eventId,
  execution: { id: execution.id, status: execution.status },
});

/** Those that fired and are deleted now, or watch elsewhere. */
export async function explainGone(
  ctx: Context,
  visible: VisiblePlaces,
  place: Place,
  executions: readonly ExecutionAbout[],
  titleOf: (execution: ExecutionAbout) => string,
): Promise<View[]> {
  const gone: View[] = [];
  for (const [automationId, own] of Map.groupBy(executions, (execution) => execution.automationId)) {
    const newest = own[0]!;
    const automation = await findAutomation(ctx.reader, newest.entityId, automationId);
    if ((automation && scopeContains(automation.scope, place)) || !visible.entities.has(newest.entityId)) continue;
    gone.push({
      automation: {
        id: automationIdText(automationId),
        name: newest.automationName,
        href: null,
        on: automation?.on ?? null,
        enabled: false,
        trigger: automation ? 'It watches another place now' : 'It was deleted since',
      },
      ...inShort(own.map((execution) => toJudged(execution, titleOf(execution)))),
      heldBack: 0,
    });
  }
  return gone;
}

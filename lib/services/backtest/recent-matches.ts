import type { z } from 'zod';
import { type RecentMatches, RecentMatchesBody } from '#lib/contracts/automations.ts';
import type { Automation } from '#lib/domain/automation.ts';
import { scheduleTime } from '#lib/domain/cron-words.ts';
import type { Decision } from '#lib/domain/decision.ts';
import { isMetricEvent } from '#lib/domain/event-types.ts';
import { eventTitle } from '#lib/domain/event-words.ts';
import { ruleDistance } from '#lib/domain/rule-distance.ts';
import { metricRuleOf } from '#lib/domain/rule-words.ts';
import { nextTimes } from '#lib/domain/schedule.ts';
import { openDraft, toJudgedAutomation } from '../automations/open-draft.ts';
import { toEventView } from '../events/event-view.ts';
import { instanceQuery } from '../instance-command.ts';
import { readAll } from '../long-reads.ts';
import type { Judged } from './judge-recent.ts';
import { watchedRanges } from './watched-history.ts';

type View = z.output<typeof RecentMatches>;

/** What the draft would have made of what happened last, with the reason for each. */
export const listRecentMatches = instanceQuery({
  allow: 'signed_in',
  input: RecentMatchesBody,
  run: async (ctx, { automation: raw, limit }): Promise<View> => {
    const draft = await openDraft(ctx, raw);
    // A name or an action that is still missing keeps nothing from being judged.
    const problems = draft.issues
      .filter(({ path }) => path[0] === 'filter' || path[0] === 'scope' || path[0] === 'on')
      .map(({ path, message }) => ({ severity: 'error' as const, path, message }));
    const automation = toJudgedAutomation(draft);
    if (!automation || problems.length > 0)
      return { events: [], considered: 0, fired: 0, summary: 'Finish the event and its condition first.', problems };
    const asked = { automation, ranges: await watchedRanges(ctx, draft.scope!), now: ctx.now() };
    const judged = await readAll(ctx.longReads, 'recent', asked);
    const fired = judged.filter(({ decision }) => decision.kind === 'fire').length;
    return {
      events: judged
        .slice(0, limit)
        .map(({ event, decision }) => ({ event: toEventView(event, evidenceOf(automation, decision)), decision })),
      considered: judged.length,
      fired,
      summary: summaryOf(automation, judged, fired, ctx.now()),
      problems,
    };
  },
});

const evidenceOf = ({ filter }: Automation, { evidence }: Decision) => ({ filter, ...(evidence && { evidence }) });

function summaryOf(automation: Automation, judged: readonly Judged[], fired: number, now: number): string {
  const { on, filter } = automation;
  if (on === 'schedule' && filter.schedule) {
    const { timeZone } = filter.schedule;
    const [next, then] = nextTimes(filter.schedule, now, 2).map((at) => scheduleTime(at, timeZone));
    return next ? `Next on ${next}${then ? `, then on ${then}` : ''}, ${timeZone}.` : 'It has no date.';
  }
  const what = isMetricEvent(on) ? 'run' : 'event';
  if (judged.length === 0) {
    const rule = metricRuleOf(filter);
    if (rule) return `No run here has logged ${rule.name} yet.`;
    return on === 'run.silent' ? 'Silence leaves no event to look back on: the backtest finds it.' : 'No such event has happened here yet.';
  }
  const of = `${judged.length} ${what}${judged.length === 1 ? '' : 's'}`;
  if (fired > 0) return `${fired} of ${of} would have fired.`;
  const none = judged.length === 1 ? `The one ${what} would not have fired.` : `None of ${of} would have fired.`;
  const distance = ({ decision }: Judged) => ruleDistance(automation.filter, decision.evidence);
  const closest = judged.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  if (!Number.isFinite(distance(closest))) return none;
  return `${none} Closest: ${eventTitle(closest.event, evidenceOf(automation, closest.decision))}.`;
}

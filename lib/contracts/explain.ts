import { z } from 'zod';
import { AUTOMATION_EVENTS } from '#lib/domain/event-types.ts';
import { EXECUTION_STATUSES } from '#lib/domain/execution.ts';
import { OUTCOMES } from '#lib/domain/explain.ts';
import { DecisionView } from './automations.ts';
import { EventView } from './tracking.ts';
import { BoundedCount, Moment, pageOf } from './view.ts';

/** An automation and one thing that happened: whether it fired on it, and why, clause by clause. */
export const ExplainedEvent = z.object({
  at: Moment,
  /** "production on detector:v12", "val/loss, 400 values". */
  title: z.string(),
  /** Missing where no event of its own is kept: metric values lie in the run. */
  eventId: z.string().nullable(),
  execution: z.object({ id: z.string(), status: z.enum(EXECUTION_STATUSES) }).nullable(),
  outcome: z.enum(OUTCOMES),
  /** The clause that decided, in words. */
  reason: z.string(),
  decision: DecisionView,
  /** `recorded` as it was judged then, or `judged_again` by the automation as it is now. */
  source: z.enum(['recorded', 'judged_again']),
});
export type ExplainedEvent = z.infer<typeof ExplainedEvent>;

export const ExplainedAutomation = z.object({
  automation: z.object({
    id: z.string(),
    name: z.string(),
    /** null once it is deleted. */
    href: z.string().nullable(),
    on: z.enum(AUTOMATION_EVENTS).nullable(),
    enabled: z.boolean(),
    /** "When val/loss is below 0.3". */
    trigger: z.string(),
  }),
  /** The best of what is judged below, and its reason. */
  outcome: z.enum(OUTCOMES),
  reason: z.string(),
  /** Newest first, at most 20. */
  judged: z.array(ExplainedEvent),
  /** Further matches for this run within 24 hours of a firing: they make no execution. */
  heldBack: z.number(),
});
export type ExplainedAutomation = z.infer<typeof ExplainedAutomation>;

/** The automations that saw it; `others` watch the same place and wait for something else. */
export const ExplanationPage = pageOf(ExplainedAutomation).extend({
  others: BoundedCount,
  /** What the explanation leaves out, in a sentence. */
  note: z.string().nullable(),
});
export type ExplanationPage = z.infer<typeof ExplanationPage>;

export const EventExplanationPage = ExplanationPage.extend({ event: EventView });

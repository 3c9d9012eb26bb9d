import { z } from 'zod';
import { FAILURE_CAUSE_NAMES } from '#lib/domain/failure-causes.ts';
import { ExecutionRow } from './automations.ts';
import { BoundedCount, Moment, PageQuery, pageOf } from './view.ts';

const Instant = z.iso.datetime({ offset: true });
const narrowing = {
  /** A team, a personal space or an organization's own name. */
  entity: z.string().optional(),
  /** `whk_3`, or `slk_4` for a Slack channel. */
  webhook: z.string().optional(),
  automation: z.string().optional(),
  cause: z.enum(FAILURE_CAUSE_NAMES, 'There is no such cause.').optional(),
  /** `acme/vision`; a registry as `acme-org/wandb-registry-model`. */
  project: z.string().optional(),
};

/** `since` and `until` are about when it failed for good, not when it fired. */
export const DeadLetterQuery = PageQuery.extend({ ...narrowing, since: Instant.optional(), until: Instant.optional() });
export const DeadLetterPage = pageOf(ExecutionRow);

const NamedTarget = z.object({ id: z.string(), name: z.string(), kind: z.enum(['webhook', 'slack']) });

/** What there is to filter by, from the newest 1,000. */
export const DeadLetterSummary = z.object({
  count: BoundedCount,
  entities: z.array(z.object({ name: z.string(), count: z.number(), mayReplay: z.boolean() })),
  targets: z.array(NamedTarget.extend({ count: z.number() })),
  automations: z.array(z.object({ id: z.string(), name: z.string(), count: z.number() })),
  causes: z.array(z.object({ cause: z.enum(FAILURE_CAUSE_NAMES), count: z.number() })),
});
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

/** Everything that failed for good since a time, as far as I may replay it. */
export const ReplayManyBody = z.strictObject({ ...narrowing, since: Instant });
export type ReplayManyBody = z.input<typeof ReplayManyBody>;

const ReplayTarget = NamedTarget.extend({ state: z.enum(['ok', 'disabled', 'paused', 'gone']) });

/** What it would send: the exact number, and the newest few. What goes to a disabled or deleted integration stays as it is. */
export const ReplayPreview = z.object({
  count: z.number(),
  until: Moment,
  targets: z.array(ReplayTarget.extend({ entity: z.string(), count: z.number() })),
  sample: z.array(ExecutionRow),
});
export type ReplayPreview = z.infer<typeof ReplayPreview>;

const ReplayStatus = z.enum(['running', 'done', 'cancelled', 'stopped']);

/** A replay of many: how far it is, and what came of what it sent. */
export const ReplayManyView = z.object({
  id: z.string(),
  createdAt: Moment,
  createdBy: z.string(),
  since: Moment,
  until: Moment,
  /** "only Deploy, only answered 5xx"; empty for everything. */
  narrowedTo: z.string(),
  status: ReplayStatus,
  total: z.number(),
  replayed: z.number(),
  outcome: z.object({ finished: z.number(), failed: z.number(), waiting: z.number() }),
  parts: z.array(
    z.object({
      entity: z.string(),
      target: ReplayTarget,
      total: z.number(),
      replayed: z.number(),
      status: ReplayStatus,
      /** Why it was stopped, or what it waits for. */
      reason: z.string().nullable(),
    }),
  ),
  finishedAt: Moment.nullable(),
  can: z.object({ cancel: z.boolean() }),
});
export type ReplayManyView = z.infer<typeof ReplayManyView>;
export const ReplayManyPage = pageOf(ReplayManyView);

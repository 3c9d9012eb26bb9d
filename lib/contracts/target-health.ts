import { z } from 'zod';
import { HEALTH_RANGE_NAMES } from '#lib/domain/delivery-health.ts';
import { FAILURE_CAUSE_NAMES } from '#lib/domain/failure-causes.ts';
import { LastFailureView } from './integrations.ts';
import { BoundedCount, Moment } from './view.ts';

export const HealthQuery = z.object({ range: z.enum(HEALTH_RANGE_NAMES, 'Choose 1h, 24h, 7d or 30d.').default('24h') });

const Latency = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });
const Causes = z.array(z.object({ cause: z.enum(FAILURE_CAUSE_NAMES), count: z.number() }));

/** What became of an integration's attempts in a period, and what keeps it from working. */
export const TargetHealthView = z.object({
  range: z.enum(HEALTH_RANGE_NAMES),
  from: Moment,
  to: Moment,
  stepSeconds: z.number(),
  totals: z.object({
    attempts: z.number(),
    delivered: z.number(),
    /** From 0 to 1; null without attempts. */
    successRate: z.number().nullable(),
    /** Milliseconds until the whole answer was there, of those that were answered. */
    latency: Latency.nullable(),
  }),
  causes: Causes,
  /** Every step of the period, also those in which nothing was sent. */
  steps: z.array(z.object({ at: Moment, delivered: z.number(), failed: Causes, latency: Latency.nullable() })),
  breaker: z.object({
    state: z.enum(['well', 'failing', 'paused', 'probing', 'disabled']),
    /** Executions that wait for it or are on their way. */
    waiting: BoundedCount,
    failingSince: Moment.nullable(),
    nextProbeAt: Moment.nullable(),
    lastFailure: LastFailureView.nullable(),
    /** One more failure after this switches it off. */
    disablesAt: Moment.nullable(),
    /** When its admins are warned before that. */
    warnings: z.array(z.object({ part: z.number(), at: Moment, given: z.boolean() })),
  }),
  /** What its admins were told, newest first. */
  notices: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(['info', 'warning', 'danger']),
      text: z.string(),
      at: Moment,
      resolvedAt: Moment.nullable(),
    }),
  ),
});
export type TargetHealthView = z.infer<typeof TargetHealthView>;

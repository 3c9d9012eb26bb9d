import { z } from 'zod';
import { AUTOMATION_EVENTS, type AutomationEvent } from './event-types.ts';
import { Filter } from './filter.ts';
import { Json } from './json.ts';
import { DEFAULT_DELAYS_SECONDS } from './retry.ts';
import { RetrySchedule } from './retry-schedule.ts';
import { type Scope, ScopeDocument } from './scope.ts';

export const SEVERITIES = ['info', 'warn', 'error'] as const;
export const Severity = z.enum(SEVERITIES, 'Choose info, warn or error.');
export type Severity = z.infer<typeof Severity>;

const WebhookAction = z.strictObject({
  webhook: z.string('Choose a webhook.').min(1, 'Choose a webhook.'),
  /** A JSON value, or a string holding the template's text exactly as typed; absent: the default body. */
  payload: Json.optional(),
});
const SlackAction = z.strictObject({
  slack: z.string('Choose a Slack channel.').min(1, 'Choose a Slack channel.'),
  title: z.string().max(4096).optional(),
  text: z.string().max(16_384).optional(),
  severity: Severity.default('info'),
});
const NothingAction = z.strictObject({ nothing: z.literal(true) });

export const ActionDocument = z.union(
  [WebhookAction, SlackAction, NothingAction],
  'Say what to do: { webhook, payload }, { slack, title, text, severity } or { nothing: true }.',
);
export type ActionDocument = z.infer<typeof ActionDocument>;

export const AutomationName = z
  .string('Give the automation a name.')
  .trim()
  .min(1, 'Give the automation a name.')
  .max(255, 'A name has at most 255 characters.');

/** An automation as REST, YAML and the wizard know it: names, never ids. Unknown keys are refused. */
export const AutomationDocument = z.strictObject({
  name: AutomationName,
  description: z.string().max(4096, 'A description has at most 4,096 characters.').optional(),
  enabled: z.boolean().default(true),
  scope: ScopeDocument,
  on: z.enum(AUTOMATION_EVENTS, `Choose one of ${AUTOMATION_EVENTS.join(', ')}.`),
  filter: Filter.default({}),
  action: ActionDocument,
  team: z.string().min(1).optional(),
  cooldownSeconds: z
    .int('A cooldown is a whole number of seconds.')
    .min(0, 'A cooldown is 0 seconds or more; 0 is none.')
    .max(31_536_000, 'A cooldown has at most 31,536,000 seconds, one year.')
    .default(0),
  maxFiringsPerMinute: z.int().min(1, 'At least 1.').max(10_000, 'At most 10,000.').default(60),
  retry: RetrySchedule.default({ delaysSeconds: [...DEFAULT_DELAYS_SECONDS] }),
});
export type AutomationDocument = z.infer<typeof AutomationDocument>;
/** What a caller may send to create one: defaults may be left away. */
export type AutomationDraft = z.input<typeof AutomationDocument>;

/** The integration an action goes to: its id is one number series for webhooks and channels; its entity need not be the scope's. */
export type TargetRef = { entityId: number; targetId: number };

export type Action =
  | { kind: 'webhook'; target: TargetRef; template: string | null; templateForm: 'json' | 'text' }
  | { kind: 'slack'; target: TargetRef; title: string; text: string; severity: Severity }
  | { kind: 'nothing' };

/** An automation as stored and judged: ids, never names. `entityId` is its scope's entity. */
export type Automation = {
  entityId: number;
  id: number;
  name: string;
  description: string;
  enabled: boolean;
  scope: Scope;
  on: AutomationEvent;
  filter: Filter;
  action: Action;
  cooldownSeconds: number;
  maxFiringsPerMinute: number;
  retry: RetrySchedule;
  createdById: number | null;
  createdAt: number;
  updatedAt: number;
};

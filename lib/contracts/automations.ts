import { z } from 'zod';
import { ActionDocument, AutomationDocument, Severity } from '#lib/domain/automation.ts';
import { AUTOMATION_EVENTS } from '#lib/domain/event-types.ts';
import { EXECUTION_STATUSES } from '#lib/domain/execution.ts';
import { FAILURE_CAUSE_NAMES } from '#lib/domain/failure-causes.ts';
import { Json } from '#lib/domain/json.ts';
import { VERDICTS } from '#lib/domain/verdict.ts';
import { DeliveryErrorView, DotView, HeaderList, RequestView, TimingsView } from './integrations.ts';
import { EventView } from './tracking.ts';
import { BoundedCount, Moment, PageQuery, Person, pageOf, RoleName } from './view.ts';

/** A document plus what the server knows of it. Keys made by the server are ignored on the way in. */
export const AutomationView = AutomationDocument.extend({
  id: z.string(),
  /** Page of this automation. */
  href: z.string(),
  /** The integration as it stands: name, kind and whether firings would go out. */
  target: z
    .object({
      kind: z.enum(['webhook', 'slack']),
      id: z.string(),
      name: z.string(),
      team: z.string(),
      state: z.enum(['ok', 'disabled', 'paused', 'gone']),
      host: z.string().nullable(),
    })
    .nullable(),
  /** What keeps it from working, in a sentence: scope gone, integration gone or disabled. */
  problem: z.string().nullable(),
  role: RoleName.nullable(),
  createdBy: Person.nullable(),
  createdAt: Moment,
  updatedAt: Moment,
  lastFiredAt: Moment.nullable(),
  recent: z.array(DotView),
});
export type AutomationView = z.infer<typeof AutomationView>;
export const AutomationPage = pageOf(AutomationView);

export const AUTOMATION_SERVER_KEYS = [
  'id',
  'href',
  'target',
  'problem',
  'role',
  'createdBy',
  'createdAt',
  'updatedAt',
  'lastFiredAt',
  'recent',
] as const;

const { enabled, filter, cooldownSeconds, maxFiringsPerMinute, retry } = AutomationDocument.shape;
/** Part of a document. Without the defaults of a new one: what is not sent is not set. */
export const AutomationPatch = AutomationDocument.extend({
  enabled: enabled.removeDefault(),
  filter: filter.removeDefault(),
  cooldownSeconds: cooldownSeconds.removeDefault(),
  maxFiringsPerMinute: maxFiringsPerMinute.removeDefault(),
  retry: retry.removeDefault(),
}).partial();

/** `/automations`: all scopes that I can see. Each filter narrows. */
export const AutomationQuery = PageQuery.extend({
  q: z.string().max(256).optional(),
  /** `team:acme`, `project:acme/vision`, `registry:acme-org/model` and so on: that scope and what lies inside it. */
  scope: z.string().optional(),
  /** The same form: only automations that watch that place, from whatever wider scope. */
  watching: z.string().optional(),
  on: z.enum(AUTOMATION_EVENTS).optional(),
  action: z.enum(['webhook', 'slack', 'nothing']).optional(),
  status: z.enum(['enabled', 'disabled', 'failing', 'problem']).optional(),
  owner: z.string().optional(),
});
export const BulkBody = z.strictObject({ ids: z.array(z.string()).min(1).max(200), action: z.enum(['enable', 'disable', 'delete']) });
export const BulkResult = z.object({ done: z.array(z.string()), refused: z.array(z.object({ id: z.string(), message: z.string() })) });

export const ClauseView = z.object({ clause: z.string(), holds: z.boolean(), text: z.string() });
export const EvidenceView = z.object({
  metric: z.string(),
  step: z.number(),
  line: z.number(),
  value: z.union([z.number(), z.string()]),
  compared: z.number().nullable(),
  windows: z.object({ current: z.array(z.number()), prior: z.array(z.number()).optional() }),
});
export const DecisionView = z.object({
  kind: z.enum(['fire', 'skip']),
  because: z.string().optional(),
  clauses: z.array(ClauseView),
  evidence: EvidenceView.optional(),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** Why an automation has not fired: what stands in its way in a sentence, the moment that it speaks of, and what did not fire by reason. */
export const VerdictView = z.object({
  kind: z.enum(VERDICTS),
  text: z.string(),
  at: Moment.nullable(),
  /** The newest decision about each run or version that did not fire, by reason; the one that came nearest with its values. */
  shares: z.array(
    z.object({
      reason: z.string(),
      count: z.number(),
      nearest: z.object({ subject: z.string(), at: Moment, text: z.string() }),
    }),
  ),
});
export type VerdictView = z.infer<typeof VerdictView>;

/** What was judged and did not fire, newest first; `event` is missing once it is no longer kept. */
export const NearMissesView = z.object({
  items: z.array(z.object({ at: Moment, title: z.string(), eventType: z.string(), decision: DecisionView, event: EventView.optional() })),
  verdict: VerdictView,
  /** Matches of the last 24 hours that came too soon after a firing for the same run. */
  heldBack: z.number(),
});
export type NearMissesView = z.infer<typeof NearMissesView>;

export const ProblemView = z.object({
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  /** Inside a payload's text. */
  line: z.number().optional(),
  column: z.number().optional(),
  length: z.number().optional(),
});
export type ProblemView = z.infer<typeof ProblemView>;

/** A draft that need not be complete: what is missing comes back as problems. */
export const PreviewBody = z.strictObject({
  automation: z.record(z.string(), Json),
  eventId: z.string().optional(),
  /** An event document to use instead of a stored one. */
  event: Json.optional(),
});
export const PreviewView = z.object({
  /** The exact request; null while the action is incomplete. */
  request: RequestView.nullable(),
  /** "deploy.acme.example is 198.51.100.24, allowed", or why not. */
  destination: z.object({ host: z.string(), allowed: z.boolean(), text: z.string() }).nullable(),
  /** What a Slack channel shows of it; null for other actions and while the action is incomplete. */
  message: z
    .object({
      title: z.string(),
      text: z.string(),
      severity: Severity,
      fields: z.array(z.object({ label: z.string(), value: z.string() })),
      link: z.object({ label: z.string(), url: z.string() }),
    })
    .nullable(),
  decision: DecisionView,
  problems: z.array(ProblemView),
  /** The event it was made for. */
  event: EventView.extend({ source: z.enum(['stored', 'sample', 'edited']) }),
  /** Variables of the event with this sample's values, for chips and hover. */
  variables: z.array(z.object({ name: z.string(), description: z.string(), value: Json, empty: z.boolean() })),
});
export type PreviewView = z.infer<typeof PreviewView>;

/** `GET /api/v1/automations/matches` as a POST of a draft: what would have happened with recent events. */
export const RecentMatchesBody = z.strictObject({ automation: z.record(z.string(), Json), limit: z.int().min(1).max(50).default(20) });
export const RecentMatches = z.object({
  events: z.array(z.object({ event: EventView, decision: DecisionView })),
  /** Of how many looked at. */
  considered: z.number(),
  fired: z.number(),
  /** In a sentence: "None of 41 runs would have fired. Closest: swift-fox-12, average 0.31". */
  summary: z.string(),
  problems: z.array(ProblemView),
});
export type RecentMatches = z.infer<typeof RecentMatches>;

/** One line of a backtest's answer. */
export const BacktestLine = z.discriminatedUnion('type', [
  /** `share` of the history, 0 to 1; what was judged so far. */
  z.object({ type: z.literal('progress'), share: z.number(), events: z.number(), values: z.number(), fired: z.number() }),
  z.object({
    type: z.literal('firing'),
    at: Moment,
    title: z.string(),
    /** Null where no stored event stands for it: values and silence. */
    eventId: z.string().nullable(),
    entity: z.string(),
    project: z.string(),
    run: z.object({ id: z.string(), name: z.string() }).nullable(),
    decision: DecisionView,
    /** From which step to which the windows reached. */
    spans: z.object({ current: z.tuple([z.number(), z.number()]), prior: z.tuple([z.number(), z.number()]).optional() }).optional(),
  }),
  z.object({
    type: z.literal('done'),
    events: z.number(),
    values: z.number(),
    fired: z.number(),
    /** What did not fire, by reason. */
    skipped: z.record(z.string(), z.number()),
    note: z.string().optional(),
  }),
]);
export type BacktestLine = z.infer<typeof BacktestLine>;

export const TestSendBody = PreviewBody;

export const RunNowBody = z.strictObject({ eventId: z.string().optional(), event: Json.optional() });
export const RunNowView = z.object({ executionId: z.string() });

export const AttemptView = z.object({
  number: z.number(),
  try: z.number(),
  request: RequestView.partial().extend({ url: z.string(), headers: HeaderList }),
  startedAt: Moment,
  durationMs: z.number().nullable(),
  address: z.string().optional(),
  timings: TimingsView.optional(),
  status: z.number().optional(),
  headers: HeaderList.optional(),
  body: z.string().optional(),
  cut: z.boolean().optional(),
  error: DeliveryErrorView.optional(),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** One row of the history. */
export const ExecutionRow = z.object({
  id: z.string(),
  automation: z.object({ id: z.string(), name: z.string(), href: z.string(), deleted: z.boolean() }),
  status: z.enum(EXECUTION_STATUSES),
  /** Tries that failed so far, of the `tries` that its schedule has. */
  failedTries: z.number(),
  tries: z.number(),
  reason: z.string().nullable(),
  /** Why it failed for good. */
  cause: z.enum(FAILURE_CAUSE_NAMES).nullable(),
  /** "swift-fox-12, average 0.299". */
  title: z.string(),
  event: z.object({ id: z.string(), type: z.string(), entity: z.string(), project: z.string() }),
  target: z.object({ kind: z.enum(['webhook', 'slack', 'nothing']), name: z.string() }),
  manual: z.boolean(),
  durationMs: z.number().nullable(),
  lastStatus: z.number().nullable(),
  createdAt: Moment,
  finishedAt: Moment.nullable(),
  nextAttemptAt: Moment.nullable(),
});
export type ExecutionRow = z.infer<typeof ExecutionRow>;
export const ExecutionPage = pageOf(ExecutionRow);

export const ExecutionQuery = PageQuery.extend({
  automation: z.string().optional(),
  status: z.enum(EXECUTION_STATUSES).optional(),
  /** `acme/vision`; a registry as `acme-org/wandb-registry-model`. */
  project: z.string().optional(),
  webhook: z.string().optional(),
  run: z.string().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

/** `within`: what changed in the last so many seconds is told first. */
export const ExecutionStreamQuery = ExecutionQuery.omit({ limit: true, after: true }).extend({
  within: z.coerce.number().int().min(1).max(300).optional(),
});

export const ExecutionView = ExecutionRow.omit({ event: true }).extend({
  event: EventView,
  decision: DecisionView,
  action: ActionDocument,
  /** As stored: body with secrets masked; what the next attempt would send. */
  request: z.object({ method: z.string(), url: z.string(), headers: HeaderList, body: z.string() }).nullable(),
  attempts: z.array(AttemptView),
  delaysSeconds: z.array(z.number()),
  editedFrom: z.string().nullable(),
  /** The integration's page, for who may list the integrations of its entity. */
  targetHref: z.string().nullable(),
  /** Headline and sentence: "Connection refused by 203.0.113.7:443 after 12 ms", and what to do. */
  outcome: z.object({ title: z.string(), text: z.string(), hint: z.string().nullable() }),
  /** Things that can be done to it now, for this visitor. */
  can: z.object({ replay: z.boolean(), tryNow: z.boolean(), sendNow: z.boolean(), editAndSend: z.boolean() }),
});
export type ExecutionView = z.infer<typeof ExecutionView>;
/** Counts of the history's tabs; stop at 1,000. */
export const ExecutionCounts = z.object({
  all: BoundedCount,
  failed: BoundedCount,
  pending: BoundedCount,
  running: BoundedCount,
  finished: BoundedCount,
  skipped: BoundedCount,
});
/** Replay sends again; with `payload` it is edit-and-send: a new execution that names the old one. */
export const ReplayBody = z.strictObject({ payload: Json.optional() });
export const ReplayView = z.object({ executionId: z.string() });

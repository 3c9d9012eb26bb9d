import { z } from 'zod';
import { AUTOMATION_EVENTS } from '#lib/domain/event-types.ts';
import { EXECUTION_STATUSES } from '#lib/domain/execution.ts';
import { Json } from '#lib/domain/json.ts';
import { SecretName, WebhookName } from '#lib/domain/names.ts';
import { Moment, Use } from './view.ts';

export const HeaderList = z.array(z.tuple([z.string(), z.string()]));
export const TimingsView = z.object({
  dnsMs: z.number().optional(),
  connectMs: z.number().optional(),
  tlsMs: z.number().optional(),
  firstByteMs: z.number().optional(),
  downloadMs: z.number().optional(),
  totalMs: z.number(),
});
export const RequestView = z.object({ method: z.string(), url: z.string(), headers: HeaderList, body: z.string() });
export type RequestView = z.infer<typeof RequestView>;
export const ResponseView = z.object({
  status: z.number(),
  headers: HeaderList,
  body: z.string(),
  bodyBytes: z.number(),
  cut: z.boolean(),
});
export const DeliveryErrorView = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });

/** One exchange with a receiver, secrets masked: test panel and attempts. */
export const TestResult = z.object({
  id: z.string(),
  at: Moment,
  request: RequestView,
  response: ResponseView.extend({ timings: TimingsView }).optional(),
  timings: TimingsView,
  address: z.string().optional(),
  error: DeliveryErrorView.optional(),
});
export type TestResult = z.infer<typeof TestResult>;

export const SecretView = z.object({
  name: z.string(),
  usedBy: z.array(Use),
  lastUsedAt: Moment.nullable(),
  createdAt: Moment,
  createdBy: z.string(),
  replacedAt: Moment.nullable(),
  /** Set while two values are live. */
  overlapEndsAt: Moment.nullable(),
});
export type SecretView = z.infer<typeof SecretView>;
const SecretValue = z
  .string('Give the secret.')
  .min(1, 'Give the secret.')
  .max(64 * 1024, 'A secret has at most 64 KiB.');
const Overlap = z
  .int()
  .min(0)
  .max(30 * 86_400);
/** A new secret has no old value that an overlap could keep. */
export const SecretBody = z.strictObject({ name: SecretName, value: SecretValue, overlapSeconds: Overlap.optional() });
export const SecretPut = z.strictObject({
  /** As in the address; there is no renaming. */
  name: z.string().optional(),
  value: SecretValue,
  overlapSeconds: Overlap.default(0),
});

/** One finished delivery as a dot; `retrying` is pending with failed tries. */
export const DotView = z.object({ id: z.string(), status: z.enum([...EXECUTION_STATUSES, 'retrying']), at: Moment });
export type DotView = z.infer<typeof DotView>;

/** What the newest delivery ran into, and what to do. */
export const LastFailureView = z.object({ execution: z.string(), at: Moment, message: z.string(), hint: z.string().optional() });
export type LastFailureView = z.infer<typeof LastFailureView>;

export const WebhookView = z.object({
  id: z.string(),
  team: z.string(),
  name: z.string(),
  /** In full for admins of its entity; scheme, host and "/…" for others. */
  url: z.string(),
  urlMasked: z.boolean(),
  accessTokenSecret: z.string().nullable(),
  signingSecret: z.string().nullable(),
  signatureEncoding: z.enum(['base64', 'hex']),
  /** Signs with an Ed25519 key of its own too (Standard Webhooks v1a). */
  asymmetricSignature: z.boolean(),
  /** For receivers: the newest first, the one before while both sign. */
  publicKeys: z.array(z.object({ publicKey: z.string(), madeAt: Moment.nullable(), endsAt: Moment.nullable() })),
  payloadSecrets: z.array(z.string()),
  enabled: z.boolean(),
  /** Why it is off when Hookline switched it off. */
  disabledReason: z.string().nullable(),
  /** The circuit breaker: set while executions wait. */
  pausedUntil: Moment.nullable(),
  /** Since when nothing but failures came, and after when one more switches it off. */
  failingSince: Moment.nullable(),
  disablesAt: Moment.nullable(),
  maxConcurrent: z.number(),
  maxPerMinute: z.number().nullable(),
  noticesTo: z.string().nullable(),
  /** Set while it fails. */
  lastFailure: LastFailureView.nullable(),
  recent: z.array(DotView),
  usedBy: z.array(Use),
  createdAt: Moment,
  createdBy: z.string(),
  /** Sentences that do not stop saving, such as a host that does not resolve. */
  warnings: z.array(z.string()),
});
export type WebhookView = z.infer<typeof WebhookView>;

const Url = z.string('Give a URL.').min(1, 'Give a URL.').max(2048, 'A URL has at most 2,048 characters.');
const webhookFields = {
  name: WebhookName,
  url: Url,
  accessTokenSecret: z.string().nullable().optional(),
  signingSecret: z.string().nullable().optional(),
  signatureEncoding: z.enum(['base64', 'hex'], 'Choose base64 or hex.').optional(),
  /** True makes a key pair of which only the public part is ever shown; false takes it away. */
  asymmetricSignature: z.boolean().optional(),
  payloadSecrets: z.array(z.string()).max(32, 'At most 32 secrets.').optional(),
  enabled: z.boolean().optional(),
  maxConcurrent: z.int().min(1).max(256).optional(),
  maxPerMinute: z.int().min(1).max(100_000).nullable().optional(),
  noticesTo: z.string().nullable().optional(),
  /** A secret that is used with a host for the first time asks for that host's name here. */
  confirmHost: z.string().optional(),
};
export const WebhookBody = z.strictObject(webhookFields);
export type WebhookBody = z.input<typeof WebhookBody>;
export const WebhookPatch = WebhookBody.partial();
/** The key before signs too for so long: a day unless said. */
export const ReplaceKeyBody = z.strictObject({ overlapSeconds: Overlap.default(86_400) });
const testFields = {
  /** A template's text, or a JSON value; absent: the default body. */
  payload: Json.optional(),
  /** The event whose sample fills the template; an alias that is added where none is named. */
  on: z.enum(AUTOMATION_EVENTS, 'There is no such event.').optional(),
};
/** Sends the payload through a saved webhook. */
export const WebhookTestBody = z.strictObject(testFields);
/** The same through unsaved fields; `id` names the saved webhook a masked URL is taken from. */
export const WebhookDraftTestBody = z.strictObject({
  webhook: WebhookBody.extend({ id: z.string().optional() }),
  ...testFields,
});

export const SlackChannelView = z.object({
  id: z.string(),
  team: z.string(),
  name: z.string(),
  kind: z.enum(['incoming_webhook', 'bot']),
  channel: z.string().nullable(),
  botTokenSecret: z.string().nullable(),
  receivesRunAlerts: z.boolean(),
  template: z.string().nullable(),
  noticesTo: z.string().nullable(),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  pausedUntil: Moment.nullable(),
  failingSince: Moment.nullable(),
  disablesAt: Moment.nullable(),
  /** Set while it fails. */
  lastFailure: LastFailureView.nullable(),
  recent: z.array(DotView),
  usedBy: z.array(Use),
  createdAt: Moment,
  createdBy: z.string(),
});
export type SlackChannelView = z.infer<typeof SlackChannelView>;
const slackCommon = {
  name: WebhookName,
  receivesRunAlerts: z.boolean().optional(),
  template: z.string().max(16_384).nullable().optional(),
  noticesTo: z.string().nullable().optional(),
  enabled: z.boolean().optional(),
};
export const SlackChannelBody = z.union(
  [
    z.strictObject({ ...slackCommon, webhookUrl: Url }),
    z.strictObject({ ...slackCommon, botTokenSecret: SecretName, channel: z.string().min(1, 'Name the channel.').max(128) }),
  ],
  'Give either webhookUrl, or botTokenSecret and channel.',
);
export const SlackChannelPatch = z.strictObject({
  ...slackCommon,
  name: WebhookName.optional(),
  webhookUrl: Url.optional(),
  botTokenSecret: SecretName.optional(),
  channel: z.string().min(1).max(128).optional(),
});

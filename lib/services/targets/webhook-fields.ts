import { CLOSED_BREAKER } from '#lib/domain/breaker.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { DEFAULT_MAX_CONCURRENT, type Target } from '#lib/domain/target.ts';
import type { NamedSecret } from './require-secrets.ts';

/** The settings of a webhook that callers name; absent ones stay. */
export type WebhookFields = {
  name?: string | undefined;
  accessTokenSecret?: string | null | undefined;
  signingSecret?: string | null | undefined;
  signatureEncoding?: 'base64' | 'hex' | undefined;
  payloadSecrets?: string[] | undefined;
  enabled?: boolean | undefined;
  maxConcurrent?: number | undefined;
  maxPerMinute?: number | null | undefined;
};

const WEBHOOK_FIELDS = [
  'name',
  'accessTokenSecret',
  'signingSecret',
  'signatureEncoding',
  'payloadSecrets',
  'enabled',
  'maxConcurrent',
  'maxPerMinute',
] as const satisfies readonly (keyof WebhookFields)[];

/** The target with the named fields changed; enabling it also forgets why it was off. */
export function withFields(target: Target, fields: WebhookFields): Target {
  const changed = Object.fromEntries(WEBHOOK_FIELDS.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])));
  const next = { ...target, ...changed } as Target;
  return { ...next, disabledReason: next.enabled ? null : next.disabledReason, payloadSecrets: [...new Set(next.payloadSecrets)] };
}

export const namedSecrets = (target: Target): NamedSecret[] => [
  ...(target.accessTokenSecret === null ? [] : [{ field: 'accessTokenSecret', name: target.accessTokenSecret, isToken: true }]),
  ...(target.signingSecret === null ? [] : [{ field: 'signingSecret', name: target.signingSecret, isToken: false }]),
  ...target.payloadSecrets.map((name) => ({ field: 'payloadSecrets', name, isToken: false })),
];

/** What the audit log keeps: names of secrets, never the address in full. */
export const audited = (target: Target): JsonObject => ({
  name: target.name,
  url: target.urlShown,
  accessTokenSecret: target.accessTokenSecret,
  signingSecret: target.signingSecret,
  signatureEncoding: target.signatureEncoding,
  publicKey: target.keyPair?.publicKey ?? null,
  payloadSecrets: target.payloadSecrets,
  enabled: target.enabled,
  maxConcurrent: target.maxConcurrent,
  maxPerMinute: target.maxPerMinute,
});

export const auditedChannel = (target: Target): JsonObject => ({
  name: target.name,
  kind: target.botTokenSecret === null ? 'incoming_webhook' : 'bot',
  channel: target.channel,
  botTokenSecret: target.botTokenSecret,
  receivesRunAlerts: target.receivesRunAlerts,
  enabled: target.enabled,
});

/** A target that nothing is set on yet. */
export const newTarget = (base: Pick<Target, 'entityId' | 'id' | 'kind' | 'createdById'>, at: number): Target => ({
  ...base,
  name: '',
  urlShown: null,
  accessTokenSecret: null,
  signingSecret: null,
  signatureEncoding: 'base64',
  payloadSecrets: [],
  channel: null,
  botTokenSecret: null,
  receivesRunAlerts: false,
  template: null,
  enabled: true,
  disabledReason: null,
  maxConcurrent: DEFAULT_MAX_CONCURRENT,
  maxPerMinute: null,
  noticesTo: null,
  keyPair: null,
  ...CLOSED_BREAKER,
  createdAt: at,
  updatedAt: at,
});

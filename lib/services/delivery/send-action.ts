import { sendSlack } from '#lib/delivery/send-slack.ts';
import { sendWebhook } from '#lib/delivery/send-webhook.ts';
import { slackMessage } from '#lib/delivery/slack-message.ts';
import type { Action, TargetRef } from '#lib/domain/automation.ts';
import type { DeliveryError, DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import { eventMessage, type Rendering } from '#lib/domain/event-message.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { isStoreUnavailable } from '#lib/store/connect.ts';
import { markSecretsUsed } from '#lib/store/sealed-targets.ts';
import type { Platform } from '../context.ts';
import { knownSecrets } from './known-secrets.ts';
import { type OpenedTarget, type OpenTarget, openTarget, signingOf } from './open-target.ts';
import { renderBody } from './render-body.ts';

export type SendParts = Pick<Platform, 'db' | 'reader' | 'vault' | 'now' | 'egress'>;

/** One attempt at an action: address, token and secrets are read now; a receiver's failure is an outcome, never an exception. */
export async function sendAction(
  parts: SendParts,
  action: Exclude<Action, { kind: 'nothing' }>,
  rendering: Rendering,
  open = (ref: TargetRef): Promise<OpenedTarget> => openTarget({ ...parts, db: parts.reader }, ref),
): Promise<DeliveryOutcome> {
  const opened = await open(action.target);
  if (opened.kind === 'refused') return notSent(opened.error);
  const outcome = await sendTo(parts, opened.open, action, rendering);
  if (opened.secretNames.length) await noteUse(parts, action.target.entityId, opened.secretNames);
  return outcome;
}

/** Through an integration that is open already: a test's may never be saved. */
export async function sendTo(
  parts: SendParts,
  open: OpenTarget,
  action: Exclude<Action, { kind: 'nothing' }>,
  rendering: Rendering,
): Promise<DeliveryOutcome> {
  const { exchange, userAgent } = parts.egress;
  const at = { nowMs: parts.now(), userAgent };
  const alsoMasked = await knownSecrets(parts, open.target.entityId);
  if (open.kind === 'webhook' && action.kind === 'webhook') {
    const { url, accessToken, payloadSecrets, target } = open;
    const secrets = (name: string) => (name === ACCESS_TOKEN ? (accessToken ?? undefined) : payloadSecrets.get(name));
    const { body, shown, tooLarge } = renderBody(action, rendering, secrets);
    const delivery = {
      executionId: rendering.executionId,
      url,
      body,
      shownBody: shown,
      tooLarge,
      accessToken,
      signing: signingOf(open),
      payloadSecrets: [...payloadSecrets.values()],
      alsoMasked,
      personal: target.personal,
    };
    return sendWebhook(exchange, delivery, at);
  }
  if (open.kind === 'slack' && action.kind === 'slack') {
    const { target, url, botToken } = open;
    const message = slackMessage(eventMessage(action, rendering, target.template));
    const to =
      botToken === null
        ? ({ kind: 'incoming_webhook', webhookUrl: url ?? '' } as const)
        : ({ kind: 'bot', token: botToken, channel: target.channel ?? '', apiUrl: parts.egress.slackApiUrl } as const);
    return sendSlack(exchange, { target: to, message, alsoMasked, personal: target.personal }, at);
  }
  throw new Error(`The action ${action.kind} goes to a ${open.kind}`);
}

const notSent = (error: DeliveryError): DeliveryOutcome => ({
  kind: 'rejected',
  request: { method: 'POST', url: '', headers: [], body: '' },
  error,
  timings: { totalMs: 0 },
});

/** "Last used" to the minute: a row that every delivery wrote would be the busiest of all. */
const NOTED_EVERY_MS = 60_000;
const notedAt = new WeakMap<object, Map<string, number>>();

async function noteUse(parts: SendParts, entityId: number, names: readonly string[]): Promise<void> {
  const now = parts.now();
  const noted = notedAt.get(parts.vault) ?? new Map<string, number>();
  notedAt.set(parts.vault, noted);
  const due = names.filter((name) => now - (noted.get(`${entityId}:${name}`) ?? Number.NEGATIVE_INFINITY) >= NOTED_EVERY_MS);
  if (due.length === 0) return;
  for (const name of due) noted.set(`${entityId}:${name}`, now);
  try {
    await markSecretsUsed(parts.db, entityId, due, now);
  } catch (error) {
    // The request was made: what came of it must not be lost over this. The next use is noted instead.
    if (!isStoreUnavailable(error)) throw error;
    for (const name of due) noted.delete(`${entityId}:${name}`);
  }
}

import type { DeliveryOutcome, SentRequest } from '#lib/domain/delivery-outcome.ts';
import type { Exchange } from './exchange.ts';
import { createMasker, MASK } from './mask.ts';
import { notSent, toOutcome } from './outcome.ts';
import { describeSlackError, slackErrorOf } from './slack-errors.ts';
import type { SlackMessage } from './slack-message.ts';
import { type SlackTarget, slackRequest } from './slack-request.ts';
import { isHeaderSafe } from './webhook-request.ts';

export type SlackDelivery = {
  target: SlackTarget;
  message: SlackMessage;
  /** Values that are masked besides, though this delivery has no use for them. */
  alsoMasked?: readonly string[];
  personal: boolean;
};

/** One attempt at a Slack channel. */
export async function sendSlack(
  exchange: Exchange,
  { target, message, alsoMasked, personal }: SlackDelivery,
  { nowMs, userAgent }: { nowMs: number; userAgent: string },
): Promise<DeliveryOutcome> {
  const isBot = target.kind === 'bot';
  const masker = createMasker(isBot ? [target.token] : slackUrlSecrets(target.webhookUrl), alsoMasked);
  const { url, headers, body } = slackRequest(target, message, userAgent);
  const masked: SlackTarget = isBot ? { ...target, token: MASK } : { ...target, webhookUrl: shownWebhookUrl(target.webhookUrl) };
  const shown: SentRequest = { method: 'POST', ...slackRequest(masked, message, userAgent), body: masker.text(body) };
  if (isBot && !isHeaderSafe(target.token))
    return notSent(shown, {
      code: 'invalid_header',
      message: 'The bot token is not one line of printable ASCII.',
      hint: 'Replace the value of the secret.',
    });

  const result = await exchange.send({ url, headers, body: Buffer.from(body), personal, fromOperator: isBot });
  return withSlackError(toOutcome(result, shown, masker, nowMs));
}

/** Slack answers 200 with `ok: false`, or a status with one word: both become a sentence. A channel that is archived gets no more. */
function withSlackError(outcome: DeliveryOutcome): DeliveryOutcome {
  const { response } = outcome;
  if (!response || (response.status >= 300 && response.status < 400)) return outcome;
  const word = slackErrorOf(response);
  if (word === null) return outcome;
  const { error, verdict } = describeSlackError(word);
  if (response.status === 410 || verdict === 'stop') return { ...outcome, kind: 'rejected', error, disablesTarget: true };
  return { ...outcome, kind: verdict === 'give_up' ? 'rejected' : 'try_again', error };
}

/** Scheme and host; the path of a Slack webhook is its password. */
function shownWebhookUrl(text: string): string {
  const url = URL.parse(text);
  return url ? `${url.protocol}//${url.host}/…` : '…';
}

function slackUrlSecrets(text: string): string[] {
  const url = URL.parse(text);
  return url ? [text, url.href, url.pathname + url.search, url.pathname.slice(url.pathname.lastIndexOf('/') + 1)] : [text];
}

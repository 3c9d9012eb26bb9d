import type { DeliveryOutcome, HeaderList, SentRequest } from '#lib/domain/delivery-outcome.ts';
import type { Exchange } from './exchange.ts';
import { createMasker, MASK } from './mask.ts';
import { notSent, toOutcome } from './outcome.ts';
import { describeSlackError, slackErrorOf } from './slack-errors.ts';
import type { SlackMessage } from './slack-message.ts';
import { isHeaderSafe } from './webhook-request.ts';

/** Where a message goes: an incoming webhook's URL (a secret in itself), or a bot's token and a channel. */
export type SlackTarget =
  | { kind: 'incoming_webhook'; webhookUrl: string }
  /** `apiUrl` comes from HOOKLINE_SLACK_API_URL, never from a user. */
  | { kind: 'bot'; token: string; channel: string; apiUrl: string };

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
  const url = isBot ? new URL('chat.postMessage', withSlash(target.apiUrl)).href : target.webhookUrl;
  // Names and mentions are never expanded by Slack: values are text.
  const text = JSON.stringify({
    ...(isBot && { channel: target.channel, unfurl_links: false }),
    link_names: false,
    parse: 'none',
    ...message,
  });

  const shown: SentRequest = {
    method: 'POST',
    url: isBot ? url : shownWebhookUrl(target.webhookUrl),
    headers: slackHeaders(isBot ? MASK : null, userAgent),
    body: masker.text(text),
  };
  if (isBot && !isHeaderSafe(target.token))
    return notSent(shown, {
      code: 'invalid_header',
      message: 'The bot token is not one line of printable ASCII.',
      hint: 'Replace the value of the secret.',
    });

  const headers = slackHeaders(isBot ? target.token : null, userAgent);
  const result = await exchange.send({ url, headers, body: Buffer.from(text), personal, fromOperator: isBot });
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

function slackHeaders(token: string | null, userAgent: string): HeaderList {
  const authorization: HeaderList = token === null ? [] : [['Authorization', `Bearer ${token}`]];
  return [['Content-Type', 'application/json; charset=utf-8'], ...authorization, ['User-Agent', userAgent]];
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

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

import type { HeaderList } from '#lib/domain/delivery-outcome.ts';
import type { SlackMessage } from './slack-message.ts';

/** Where a message goes: an incoming webhook's URL (a secret in itself), or a bot's token and a channel. */
export type SlackTarget =
  | { kind: 'incoming_webhook'; webhookUrl: string }
  /** `apiUrl` comes from HOOKLINE_SLACK_API_URL, never from a user. */
  | { kind: 'bot'; token: string; channel: string; apiUrl: string };

/** The request that posts a message, for a delivery and for its preview: what is masked in `target` is masked in it. */
export function slackRequest(
  target: SlackTarget,
  message: SlackMessage,
  userAgent: string,
): { url: string; headers: HeaderList; body: string } {
  const isBot = target.kind === 'bot';
  return {
    url: isBot ? new URL('chat.postMessage', withSlash(target.apiUrl)).href : target.webhookUrl,
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ...(isBot ? [['Authorization', `Bearer ${target.token}`] satisfies HeaderList[number]] : []),
      ['User-Agent', userAgent],
    ],
    // Names and mentions are never expanded by Slack: values are text.
    body: JSON.stringify({
      ...(isBot && { channel: target.channel, unfurl_links: false }),
      link_names: false,
      parse: 'none',
      ...message,
    }),
  };
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

import type { DeliveryError, ReceivedResponse } from '#lib/domain/delivery-outcome.ts';

/** What follows: `retry` while a person may mend it in Slack, `give_up` on a message Slack will never take, `stop` on a channel that is closed. */
type Verdict = 'retry' | 'give_up' | 'stop';

const NEW_TOKEN = 'Install the app in Slack again and replace the value of the bot token’s secret.';
const NEW_URL = 'Make a new incoming webhook in Slack and give its URL to the channel in Team settings.';
const ADMIN = 'Ask an admin of the Slack workspace.';

/** Slack's words, from its documentation of chat.postMessage and of incoming webhooks. */
const WORDS: Readonly<Record<string, [message: string, hint: string, verdict: Verdict]>> = {
  is_archived: ['The Slack channel is archived.', 'Unarchive it or choose another channel, then enable it here again.', 'stop'],
  channel_is_archived: ['The Slack channel is archived.', 'Unarchive it or choose another channel, then enable it here again.', 'stop'],
  token_revoked: ['The bot token was revoked.', NEW_TOKEN, 'retry'],
  token_expired: ['The bot token has expired.', NEW_TOKEN, 'retry'],
  invalid_auth: ['Slack does not accept the bot token.', NEW_TOKEN, 'retry'],
  not_authed: ['Slack got no bot token.', NEW_TOKEN, 'retry'],
  account_inactive: ['The bot’s account or its workspace was removed.', NEW_TOKEN, 'retry'],
  missing_scope: ['The bot may not write messages.', 'Add the scope chat:write to the Slack app and install it again.', 'retry'],
  not_in_channel: ['The bot is not in the channel.', 'Invite it: /invite @your-bot in that channel.', 'retry'],
  channel_not_found: [
    'Slack does not know the channel, or the bot cannot see it.',
    'Check the channel’s name or id; invite the bot into a private channel.',
    'retry',
  ],
  ratelimited: ['Slack limits how often messages may be sent.', 'It is tried again after the time that Slack asks for.', 'retry'],
  rate_limited: ['Slack limits how often messages may be sent.', 'It is tried again after the time that Slack asks for.', 'retry'],
  restricted_action: ['A setting of the Slack workspace forbids this message.', ADMIN, 'retry'],
  action_prohibited: ['A setting of the Slack workspace forbids this message.', ADMIN, 'retry'],
  posting_to_general_channel_denied: ['The bot may not write to the workspace’s general channel.', ADMIN, 'retry'],
  invalid_token: ['The Slack webhook was revoked.', NEW_URL, 'retry'],
  no_service: ['The Slack webhook was removed or disabled.', NEW_URL, 'retry'],
  no_service_id: ['The URL of the Slack webhook is incomplete.', NEW_URL, 'retry'],
  no_team: ['The Slack workspace of the webhook does not exist any more.', NEW_URL, 'retry'],
  team_disabled: ['The Slack workspace of the webhook is disabled.', ADMIN, 'retry'],
  user_not_found: ['The Slack user who made the webhook does not exist any more.', NEW_URL, 'retry'],
  msg_too_long: ['The message is too long for Slack.', 'Shorten the text of the automation.', 'give_up'],
  no_text: ['The message is empty.', 'Give the automation a title or a text.', 'give_up'],
  invalid_blocks: ['Slack does not accept the layout of the message.', 'Shorten title and text of the automation.', 'give_up'],
  invalid_payload: ['Slack does not accept the message.', 'Shorten title and text of the automation.', 'give_up'],
};

/** What a word of Slack’s means for people and for the next try; an unknown one is tried again. */
export function describeSlackError(word: string): { error: DeliveryError; verdict: Verdict } {
  const known = WORDS[word];
  if (!known) return { error: { code: 'slack', message: `Slack answered "${word}".` }, verdict: 'retry' };
  const [message, hint, verdict] = known;
  return { error: { code: 'slack', message: `${message.slice(0, -1)} (${word}).`, hint }, verdict };
}

/** The word in Slack's answer that says what is wrong; null where it took the message, or where the answer is not Slack's. */
export function slackErrorOf({ status, body }: Pick<ReceivedResponse, 'status' | 'body'>): string | null {
  const word = wordInJson(body) ?? (status >= 300 ? body.trim() : null);
  return word !== null && /^[a-z_]{3,60}$/.test(word) ? word : null;
}

function wordInJson(body: string): string | null {
  if (!body.startsWith('{')) return null;
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('ok' in answer) || answer.ok !== false) return null;
    return 'error' in answer && typeof answer.error === 'string' ? answer.error : 'unknown_error';
  } catch {
    return null;
  }
}

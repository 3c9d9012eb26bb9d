import type { KnownBlock, MessageAttachment } from '@slack/types';
import type { Severity } from '#lib/domain/automation.ts';
import type { Message } from '#lib/domain/event-message.ts';

export type SlackMessage = { text: string; attachments: MessageAttachment[] };

const COLORS: Readonly<Record<Severity, string>> = { info: '#2f6fde', warn: '#d9a514', error: '#d33a2c' };

/** Slack's limits of Block Kit, in characters. */
const MAX_TITLE = 150;
const MAX_SECTION = 3000;
const MAX_FIELD = 2000;
const MAX_FIELDS = 10;
const MAX_FALLBACK = 500;

/** Slack reads mentions, links and channel names inside `<…>` only; with these three escaped `<!channel>` is text and pages nobody. */
export const escapeSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The Block Kit message of a notification: coloured bar, title, text, fields and a link. */
export function slackMessage({ title, text, severity, fields, link }: Message): SlackMessage {
  const blocks: KnownBlock[] = [section(`*${escaped(title, MAX_TITLE)}*`)];
  if (text.trim() !== '') blocks.push(section(escaped(text, MAX_SECTION)));
  if (fields.length > 0) {
    const shown = fields
      .slice(0, MAX_FIELDS)
      .map(({ label, value }) => `*${escaped(label, MAX_TITLE)}*\n${escaped(value, MAX_FIELD - 2 * MAX_TITLE)}`);
    blocks.push({ type: 'section', fields: shown.map(formatted) });
  }
  blocks.push({ type: 'context', elements: [formatted(`<${linkTarget(link.url)}|${escaped(link.label, MAX_TITLE)}>`)] });
  // The text outside the blocks is what a phone's notification shows.
  return { text: escaped(title, MAX_FALLBACK), attachments: [{ color: COLORS[severity], fallback: escaped(title, MAX_FALLBACK), blocks }] };
}

const section = (text: string): KnownBlock => ({ type: 'section', text: formatted(text) });

/** `verbatim`: Slack leaves the rest as it is, so that a bare `@channel` or `#name` in a value is no mention either. */
const formatted = (text: string) => ({ type: 'mrkdwn' as const, text, verbatim: true });

/** Escaped and at most so long; what is left away shows as an ellipsis, and no entity is cut in two. */
function escaped(text: string, limit: number): string {
  const whole = escapeSlack(text);
  if (whole.length <= limit) return whole;
  let kept = '';
  for (const character of text) {
    const next = escapeSlack(character);
    if (kept.length + next.length > limit - 1) break;
    kept += next;
  }
  return `${kept}…`;
}

const linkTarget = (url: string) => escapeSlack(url).replaceAll('|', '%7C');

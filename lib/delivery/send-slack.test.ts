import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '#lib/domain/event-message.ts';
import { MASK } from './mask.ts';
import { sendSlack } from './send-slack.ts';
import { escapeSlack, slackMessage } from './slack-message.ts';
import type { SlackTarget } from './slack-request.ts';
import { exchangeToLoopback } from './testing/exchange-to.ts';
import { startReceiver } from './testing/receiver.ts';

const open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

const AT = { nowMs: 1_700_000_000_000, userAgent: 'Hookline/1.0.0' };
const NOTICE: Message = {
  title: 'Loss is NaN',
  text: 'swift-fox-12 logged NaN.',
  severity: 'error',
  fields: [{ label: 'Project', value: 'acme/vision' }],
  link: { label: 'Open the run', url: 'https://hookline.example/acme/vision/runs/r1' },
};
const TOKEN = 'xoxb-1234-a-bot-token';
const incoming = (port: number): SlackTarget => ({
  kind: 'incoming_webhook',
  webhookUrl: `http://hook.example:${port}/services/T000/B000/secretsecret`,
});
const bot = (port: number): SlackTarget => ({ kind: 'bot', token: TOKEN, channel: '#ml-alerts', apiUrl: `http://127.0.0.1:${port}/api` });

async function sendTo(target: (port: number) => SlackTarget, status: number, answer: string, headers: Record<string, string> = {}) {
  const receiver = keep(await startReceiver((response) => response.writeHead(status, headers).end(answer)));
  const outcome = await sendSlack(
    keep(exchangeToLoopback()),
    { target: target(receiver.port), message: slackMessage(NOTICE), personal: false },
    AT,
  );
  return { outcome, request: receiver.requests[0] };
}

describe('a message', () => {
  test('has title, text, colour of its severity, fields and a link', () => {
    expect(slackMessage(NOTICE)).toEqual({
      text: 'Loss is NaN',
      attachments: [
        {
          color: '#d33a2c',
          fallback: 'Loss is NaN',
          blocks: [
            { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '*Loss is NaN*' } },
            { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: 'swift-fox-12 logged NaN.' } },
            { type: 'section', fields: [{ type: 'mrkdwn', verbatim: true, text: '*Project*\nacme/vision' }] },
            {
              type: 'context',
              elements: [{ type: 'mrkdwn', verbatim: true, text: '<https://hookline.example/acme/vision/runs/r1|Open the run>' }],
            },
          ],
        },
      ],
    });
    const colors = (['info', 'warn', 'error'] as const).map((severity) => slackMessage({ ...NOTICE, severity }).attachments[0]?.color);
    expect(new Set(colors).size).toBe(3);
  });

  test('pages nobody, whatever a run is called', () => {
    const evil = '<!channel> <!here|x> <@U123> <https://evil.example|ok> & @channel';
    const message = slackMessage({
      ...NOTICE,
      title: evil,
      text: evil,
      fields: [{ label: evil, value: evil }],
      link: { label: evil, url: 'https://h.example/?a=1|x>&b' },
    });
    const text = JSON.stringify(message);
    expect(text.match(/<[^h]/g)).toBeNull(); // the one link is all that opens with <
    expect(text.match(/<http/g)).toHaveLength(1);
    expect(text).toContain('<https://h.example/?a=1%7Cx&gt;&amp;b|');
    expect(text).toContain('&lt;!channel&gt;');
    expect(escapeSlack('a<b>&c')).toBe('a&lt;b&gt;&amp;c');
  });

  test('keeps within the limits of Slack, and cuts no entity in two', () => {
    const long = '<'.repeat(5000);
    const message = slackMessage({
      ...NOTICE,
      title: long,
      text: long,
      fields: Array.from({ length: 12 }, () => ({ label: long, value: long })),
    });
    const texts = JSON.stringify(message)
      .match(/"text":"[^"]*"/g)!
      .map((entry) => entry.slice(8, -1));
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(3000);
    for (const text of texts) expect(text.replaceAll('&lt;', '')).not.toContain('&');
    expect(message.attachments[0]?.blocks?.[2]).toHaveProperty('fields.length', 10);
  });

  test('without text has no empty block', () => {
    expect(slackMessage({ ...NOTICE, text: ' ', fields: [] }).attachments[0]?.blocks).toHaveLength(2);
  });
});

describe('an incoming webhook', () => {
  test('gets the message, and its URL is kept from view', async () => {
    const { outcome, request } = await sendTo(incoming, 200, 'ok');
    expect(JSON.parse(request!.body.toString())).toMatchObject({ text: 'Loss is NaN', link_names: false, parse: 'none' });
    expect(request!.headers).not.toHaveProperty('authorization');
    expect(outcome).toMatchObject({ kind: 'delivered', request: { url: expect.stringMatching(/^http:\/\/hook\.example:\d+\/…$/) } });
    expect(JSON.stringify(outcome)).not.toContain('secretsecret');
  });

  test.each([
    [404, 'no_service', 'The Slack webhook was removed or disabled (no_service).'],
    [403, 'invalid_token', 'The Slack webhook was revoked (invalid_token).'],
    [403, 'action_prohibited', 'A setting of the Slack workspace forbids this message (action_prohibited).'],
    [500, 'rollup_error', 'Slack answered "rollup_error".'],
  ])('that answers %i %s is tried again, and says why', async (status, word, message) => {
    expect((await sendTo(incoming, status, word)).outcome).toMatchObject({ kind: 'try_again', error: { code: 'slack', message } });
  });

  test('of an archived channel gets no more', async () => {
    expect((await sendTo(incoming, 410, 'channel_is_archived')).outcome).toMatchObject({
      kind: 'rejected',
      disablesTarget: true,
      error: { message: 'The Slack channel is archived (channel_is_archived).' },
    });
  });

  test('behind something that is not Slack is described by its status', async () => {
    expect((await sendTo(incoming, 502, '<html>Bad gateway</html>')).outcome).toMatchObject({
      kind: 'try_again',
      error: { code: 'http_status' },
    });
  });

  test('is held to the same addresses as a webhook', async () => {
    const receiver = keep(await startReceiver());
    for (const webhookUrl of [
      `http://127.0.0.1:${receiver.port}/x`,
      `http://localhost:${receiver.port}/x`,
      `http://inner.localhost:${receiver.port}/x`,
    ]) {
      const target: SlackTarget = { kind: 'incoming_webhook', webhookUrl };
      const outcome = await sendSlack(keep(exchangeToLoopback()), { target, message: slackMessage(NOTICE), personal: false }, AT);
      expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'address_not_allowed' } });
    }
    expect(receiver.connections()).toBe(0);
  });
});

describe('a bot', () => {
  test('writes to its channel through the API that the operator set', async () => {
    const { outcome, request } = await sendTo(bot, 200, '{"ok":true,"ts":"1.2"}');
    expect(request).toMatchObject({ path: '/api/chat.postMessage', headers: { authorization: `Bearer ${TOKEN}` } });
    expect(JSON.parse(request!.body.toString())).toMatchObject({ channel: '#ml-alerts', attachments: [{}] });
    expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(outcome.request.headers).toContainEqual(['Authorization', `Bearer ${MASK}`]);
  });

  test.each([
    ['channel_not_found', 'try_again'],
    ['not_in_channel', 'try_again'],
    ['token_revoked', 'try_again'],
    ['invalid_auth', 'try_again'],
    ['missing_scope', 'try_again'],
    ['something_new', 'try_again'],
    ['msg_too_long', 'rejected'],
    ['is_archived', 'rejected'],
  ])('that is told %s although the status is 200 comes to %s, with the word and a sentence', async (word, kind) => {
    const { outcome } = await sendTo(bot, 200, JSON.stringify({ ok: false, error: word }));
    expect(outcome).toMatchObject({ kind, error: { code: 'slack', message: expect.stringContaining(word) } });
    expect(outcome.disablesTarget ?? false).toBe(word === 'is_archived');
  });

  test('that is limited waits as long as Slack asks', async () => {
    const { outcome } = await sendTo(bot, 429, '{"ok":false,"error":"ratelimited"}', { 'Retry-After': '30' });
    expect(outcome).toMatchObject({ kind: 'try_again', retryAfterSeconds: 30, error: { code: 'slack' } });
  });

  test('whose token cannot stand in a header is refused before anything is sent', async () => {
    const target: SlackTarget = { kind: 'bot', token: 'two\nlines', channel: 'c', apiUrl: 'http://127.0.0.1:1/' };
    const outcome = await sendSlack(keep(exchangeToLoopback()), { target, message: slackMessage(NOTICE), personal: false }, AT);
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'invalid_header' } });
  });
});

import { sendSlack } from '#lib/delivery/send-slack.ts';
import { sendWebhook } from '#lib/delivery/send-webhook.ts';
import { slackMessage } from '#lib/delivery/slack-message.ts';
import { durationWords } from '#lib/domain/rule-words.ts';
import type { Target } from '#lib/domain/target.ts';
import type { TargetNews } from '#lib/engine/breakers.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntity } from '#lib/store/entities.ts';
import { putNotice } from '#lib/store/notices.ts';
import { findTarget } from '#lib/store/targets.ts';
import type { Platform } from '../context.ts';
import { type OpenTarget, openTarget, signingOf } from '../delivery/open-target.ts';
import { integrationPath } from '../targets/used-by.ts';

type Parts = Pick<Platform, 'vault' | 'now' | 'newId' | 'egress' | 'publicUrl'> & { db: Db };

/** One open notice for each integration: only its newest state is news. */
export const targetTopic = (targetId: number) => `target:${targetId}`;

const SEVERITY = { paused: 'warning', failing: 'warning', disabled: 'danger', recovered: 'info' } as const;
const SLACK_SEVERITY = { paused: 'warn', failing: 'warn', disabled: 'error', recovered: 'info' } as const;

function textOf(news: TargetNews, name: string, nowMs: number): string {
  switch (news.kind) {
    case 'paused':
      return `"${name}" is paused. ${news.reason} Executions wait, and one probe at a time shows when it is back.`;
    case 'failing': {
      const failingFor = durationWords(Math.floor((nowMs - news.since) / 3_600_000) * 3600);
      return `"${name}" has done nothing but fail for ${failingFor}. Unless a delivery succeeds, it is disabled at the first failure after ${utcText(news.disablesAt)}.`;
    }
    case 'disabled':
      return `"${name}" was disabled. ${news.reason} Waiting executions failed; enable it once it works, then replay them.`;
    case 'recovered':
      return `"${name}" works again. The executions that waited are on their way.`;
  }
}

/** "2026-11-26 02:00 UTC": told to people whose time zones nobody here knows. */
const utcText = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Tells the admins of an integration in the app, and through another integration where they chose one. */
export async function tellTargetNews(parts: Parts, news: TargetNews): Promise<void> {
  const { entityId, targetId, kind } = news;
  const [target, entity] = await Promise.all([findTarget(parts.db, entityId, targetId), findEntity(parts.db, entityId)]);
  if (!target || !entity) return;
  const text = textOf(news, target.name, parts.now());
  const href = integrationPath(entity.name, target);
  await putNotice(parts.db, {
    entityId,
    id: parts.newId('ntc'),
    topic: targetTopic(targetId),
    severity: SEVERITY[kind],
    message: text,
    href,
    at: parts.now(),
  });
  if (target.noticesTo !== null) await sendNotice(parts, target, { kind, text, url: parts.publicUrl + href });
}

/** Once: a notice that does not arrive is still in the app. */
async function sendNotice(parts: Parts, about: Target, notice: { kind: TargetNews['kind']; text: string; url: string }): Promise<void> {
  const opened = await openTarget(parts, { entityId: about.entityId, targetId: about.noticesTo! });
  if (opened.kind === 'refused') return;
  const at = { nowMs: parts.now(), userAgent: parts.egress.userAgent };
  if (opened.open.kind === 'slack') await toSlack(parts, opened.open, about, notice, at);
  else await toWebhook(parts, opened.open, about, notice, at);
}

type Notice = Parameters<typeof sendNotice>[2];
type At = { nowMs: number; userAgent: string };

async function toSlack(parts: Parts, open: Extract<OpenTarget, { kind: 'slack' }>, about: Target, { kind, text, url }: Notice, at: At) {
  const message = slackMessage({
    title: `Hookline: ${about.name} ${kind}`,
    text,
    severity: SLACK_SEVERITY[kind],
    fields: [],
    link: { label: `Open ${about.name}`, url },
  });
  const target =
    open.botToken === null
      ? ({ kind: 'incoming_webhook', webhookUrl: open.url ?? '' } as const)
      : ({ kind: 'bot', token: open.botToken, channel: open.target.channel ?? '', apiUrl: parts.egress.slackApiUrl } as const);
  await sendSlack(parts.egress.exchange, { target, message, personal: open.target.personal }, at);
}

async function toWebhook(parts: Parts, open: Extract<OpenTarget, { kind: 'webhook' }>, about: Target, notice: Notice, at: At) {
  const body = { event_type: `integration.${notice.kind}`, integration: about.name, text: notice.text, url: notice.url };
  const delivery = {
    executionId: parts.newId('ntc'),
    url: open.url,
    body: JSON.stringify({ ...body, timestamp: new Date(at.nowMs).toISOString() }),
    accessToken: open.accessToken,
    signing: signingOf(open),
    payloadSecrets: [...open.payloadSecrets.values()],
    personal: open.target.personal,
  };
  await sendWebhook(parts.egress.exchange, delivery, at);
}

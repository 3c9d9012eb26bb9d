import { MASK } from '#lib/delivery/mask.ts';
import { slackMessage } from '#lib/delivery/slack-message.ts';
import { type SlackTarget, slackRequest } from '#lib/delivery/slack-request.ts';
import { previewWebhookRequest } from '#lib/delivery/webhook-request.ts';
import type { Action } from '#lib/domain/automation.ts';
import type { SentRequest } from '#lib/domain/delivery-outcome.ts';
import { eventMessage, type Message, type Rendering } from '#lib/domain/event-message.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { maskedSecrets } from '#lib/domain/template.ts';
import { findSealedTarget } from '#lib/store/sealed-targets.ts';
import { getEntity, standingOf } from '../access.ts';
import type { Context } from '../context.ts';
import { openUrl } from '../delivery/open-target.ts';
import { renderBody } from '../delivery/render-body.ts';

export type PreviewedRequest = {
  request: SentRequest;
  destination: { host: string; allowed: boolean; text: string } | null;
  /** What a Slack channel shows of it. */
  message?: Message;
};

/** The request that would be sent, without a secret being read for it; signatures are made when it is sent. */
export async function previewRequest(ctx: Context, action: Action, rendering: Rendering): Promise<PreviewedRequest | null> {
  if (action.kind === 'nothing') return null;
  const target = await findSealedTarget(ctx.reader, action.target.entityId, action.target.targetId, ctx.now());
  if (!target) return null;
  const { role } = await standingOf(ctx.db, ctx.actor, await getEntity(ctx.db, target.entityId));
  const url = target.sealedUrl === null ? null : await openUrl({ ...ctx, db: ctx.reader }, target, target.sealedUrl);
  const { userAgent, slackApiUrl } = ctx.egress;
  if (action.kind === 'webhook') {
    const granted = [...target.payloadSecrets, ...(target.accessTokenSecret ? [ACCESS_TOKEN] : [])];
    const { shown } = renderBody(action, rendering, maskedSecrets(granted));
    const request = previewWebhookRequest(
      {
        url: role === 'admin' ? (url ?? '') : (target.shownUrl ?? ''),
        body: shown,
        hasAccessToken: target.accessTokenSecret !== null,
        hasSecret: target.signingSecret !== null,
        hasKey: target.sealedKeys.length > 0,
        executionId: rendering.executionId,
      },
      userAgent,
    );
    return { request, destination: url === null ? null : await judge(ctx, url, target.personal) };
  }
  const message = eventMessage(action, rendering, target.template);
  const isBot = target.botTokenSecret !== null;
  const to: SlackTarget = isBot
    ? { kind: 'bot', token: MASK, channel: target.channel ?? '', apiUrl: slackApiUrl }
    : { kind: 'incoming_webhook', webhookUrl: target.shownUrl ?? '' };
  return {
    request: { method: 'POST', ...slackRequest(to, slackMessage(message), userAgent) },
    destination: url === null ? null : await judge(ctx, url, target.personal),
    message,
  };
}

async function judge(ctx: Context, url: string, personal: boolean) {
  const { host, allowed, text } = await ctx.egress.judgeDestination(url, { personal });
  return { host, allowed, text };
}

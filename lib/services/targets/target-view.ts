import type { DotView, LastFailureView, SlackChannelView, WebhookView } from '#lib/contracts/integrations.ts';
import { disablesAt } from '#lib/domain/breaker.ts';
import { personText } from '#lib/domain/entity.ts';
import { liveKeyPair } from '#lib/domain/key-pair.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { Target } from '#lib/domain/target.ts';
import { listRecentDeliveries, type RecentDelivery } from '#lib/store/recent-deliveries.ts';
import { findSealedUrl, findTarget } from '#lib/store/targets.ts';
import { findUser } from '#lib/store/users.ts';
import type { EntityContext } from '../context.ts';
import { openUrl } from '../delivery/open-target.ts';
import { listUses, targetIdText } from './used-by.ts';

const DOTS = 20;

const toDot = ({ id, status, tries, at }: RecentDelivery): DotView => ({
  id,
  status: status === 'pending' && tries > 0 ? 'retrying' : status,
  at,
});

/** What the newest of these, which come newest first, ran into. */
export function lastFailureIn([newest]: readonly RecentDelivery[]): LastFailureView | null {
  if (!newest?.error) return null;
  const { message, hint } = newest.error;
  return { execution: newest.id, at: newest.at, message, ...(hint !== undefined && { hint }) };
}

async function common(ctx: EntityContext, target: Target) {
  const [creator, noticesTo, usedBy, recent] = await Promise.all([
    findUser(ctx.db, target.createdById),
    target.noticesTo === null ? null : findTarget(ctx.db, target.entityId, target.noticesTo),
    listUses(ctx, target),
    listRecentDeliveries(ctx.db, { entityId: target.entityId, targetId: target.id }, DOTS),
  ]);
  return {
    id: targetIdText(target),
    team: ctx.entity.name,
    name: target.name,
    enabled: target.enabled,
    disabledReason: target.disabledReason,
    pausedUntil: target.pausedUntil,
    failingSince: target.enabled ? target.firstFailureAt : null,
    disablesAt: target.enabled ? disablesAt(target) : null,
    noticesTo: noticesTo && targetIdText(noticesTo),
    lastFailure: lastFailureIn(recent),
    recent: recent.map(toDot).reverse(),
    usedBy,
    createdAt: target.createdAt,
    createdBy: creator ? personText(creator) : '',
  };
}

/** The whole URL for those who may change it; its path may be a password. */
export async function toWebhookView(ctx: EntityContext, target: Target, warnings: string[] = []): Promise<WebhookView> {
  const urlMasked = ctx.actor.kind !== 'system' && !roleMay(ctx.role, 'integrations:write');
  const sealedUrl = urlMasked ? null : await findSealedUrl(ctx.db, target.entityId, target.id);
  return {
    ...(await common(ctx, target)),
    url: sealedUrl === null ? (target.urlShown ?? '') : await openUrl(ctx, target, sealedUrl),
    urlMasked,
    accessTokenSecret: target.accessTokenSecret,
    signingSecret: target.signingSecret,
    signatureEncoding: target.signatureEncoding,
    asymmetricSignature: target.keyPair !== null,
    publicKeys: publicKeysOf(target, ctx.now()),
    payloadSecrets: target.payloadSecrets,
    maxConcurrent: target.maxConcurrent,
    maxPerMinute: target.maxPerMinute,
    warnings,
  };
}

/** The newest first; the one before while it signs too. */
function publicKeysOf({ keyPair }: Target, nowMs: number): WebhookView['publicKeys'] {
  const pair = liveKeyPair(keyPair, nowMs);
  if (!pair) return [];
  const old = pair.old ? [{ publicKey: pair.old.publicKey, madeAt: null, endsAt: pair.old.endsAt }] : [];
  return [{ publicKey: pair.publicKey, madeAt: pair.madeAt, endsAt: null }, ...old];
}

/** Without the address: a Slack webhook's URL is a secret in itself. */
export async function toSlackChannelView(ctx: EntityContext, target: Target): Promise<SlackChannelView> {
  return {
    ...(await common(ctx, target)),
    kind: target.botTokenSecret === null ? 'incoming_webhook' : 'bot',
    channel: target.channel,
    botTokenSecret: target.botTokenSecret,
    receivesRunAlerts: target.receivesRunAlerts,
    template: target.template,
  };
}

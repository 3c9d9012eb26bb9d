import { SlackChannelBody, SlackChannelPatch } from '#lib/contracts/integrations.ts';
import { shownUrl, type Target } from '#lib/domain/target.ts';
import { invalidField } from '#lib/errors.ts';
import { resolveNotices } from '#lib/store/notices.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import { findTarget, insertTarget, listTargets, updateTarget } from '#lib/store/targets.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, query } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { targetUrlLabel } from '../delivery/sealed-labels.ts';
import { targetTopic } from '../notices/tell-target-news.ts';
import { getTarget, resolveNoticesTo, TargetInput } from './get-target.ts';
import { OwnerInput, ownerOf } from './integration-owner.ts';
import { type JudgedAddress, judgeAddress } from './judge-address.ts';
import { requireSecrets } from './require-secrets.ts';
import { toSlackChannelView } from './target-view.ts';
import { wakeWaiting } from './wake-waiting.ts';
import { auditedChannel, newTarget } from './webhook-fields.ts';

export const listSlackChannels = query({
  permission: 'integrations:list',
  input: OwnerInput,
  entityOf: ownerOf,
  run: async (ctx) => Promise.all((await listTargets(ctx.db, ctx.entity.id, 'slack')).map((target) => toSlackChannelView(ctx, target))),
});

export const getSlackChannel = query({
  permission: 'integrations:list',
  input: TargetInput,
  entityOf: ownerOf,
  run: async (ctx, { id }) => toSlackChannelView(ctx, await getTarget(ctx, 'slack', id)),
});

export const createSlackChannel = command({
  permission: 'integrations:write',
  input: OwnerInput.extend({ channel: SlackChannelBody }),
  entityOf: ownerOf,
  prepare: (ctx, { channel: body }) => ('webhookUrl' in body ? judgeAddress(ctx, body.webhookUrl, 'webhookUrl') : Promise.resolve(null)),
  run: async (ctx, { channel: body }, address) => {
    const id = await nextNumber(ctx.db, 'target');
    const fresh = newTarget({ entityId: ctx.entity.id, id, kind: 'slack', createdById: requireUserId(ctx.actor) }, ctx.now());
    const noticesTo = await resolveNoticesTo(ctx, body.noticesTo ?? null);
    const target = { ...withAddress(withFields(fresh, body), 'webhookUrl' in body ? {} : body, address), noticesTo };
    await requireBotToken(ctx, target);
    await insertTarget(ctx.db, target, address && (await sealUrl(ctx, id, address.url)));
    return {
      result: await toSlackChannelView(ctx, target),
      audit: { what: 'slack_channel.created', target: target.name, after: auditedChannel(target) },
    };
  },
});

export const updateSlackChannel = command({
  permission: 'integrations:write',
  input: TargetInput.extend(SlackChannelPatch.shape),
  entityOf: ownerOf,
  prepare: (ctx, { webhookUrl }) => (webhookUrl === undefined ? Promise.resolve(null) : judgeAddress(ctx, webhookUrl, 'webhookUrl')),
  run: async (ctx, patch, address) => {
    const before = await getTarget(ctx, 'slack', patch.id);
    if (address && patch.botTokenSecret !== undefined) {
      throw invalidField(['webhookUrl'], 'Give either webhookUrl, or botTokenSecret and channel.');
    }
    const noticesTo = patch.noticesTo === undefined ? before.noticesTo : await resolveNoticesTo(ctx, patch.noticesTo, before.id);
    const after: Target = { ...withAddress(withFields(before, patch), patch, address), noticesTo, updatedAt: ctx.now() };
    if (after.botTokenSecret !== null && after.channel === null) throw invalidField(['channel'], 'Name the channel.');
    await requireBotToken(ctx, after);
    const becomesBot = after.botTokenSecret !== null && before.botTokenSecret === null;
    await updateTarget(ctx.db, after, {
      ...(address && { sealedUrl: await sealUrl(ctx, after.id, address.url) }),
      ...(becomesBot && { sealedUrl: null }),
      fresh: address !== null || becomesBot || (after.enabled && !before.enabled),
    });
    if (after.enabled && !before.enabled) await resolveNotices(ctx.db, ctx.entity.id, targetTopic(after.id), ctx.now());
    const saved = (await findTarget(ctx.db, ctx.entity.id, after.id))!;
    return {
      result: await toSlackChannelView(ctx, saved),
      audit: { what: 'slack_channel.updated', target: after.name, before: auditedChannel(before), after: auditedChannel(after) },
    };
  },
  committed: wakeWaiting,
});

type Fields = {
  name?: string | undefined;
  receivesRunAlerts?: boolean | undefined;
  template?: string | null | undefined;
  enabled?: boolean | undefined;
};

function withFields(target: Target, { name, receivesRunAlerts, template, enabled }: Fields): Target {
  const next = {
    ...target,
    name: name ?? target.name,
    receivesRunAlerts: receivesRunAlerts ?? target.receivesRunAlerts,
    template: template === undefined ? target.template : template,
    enabled: enabled ?? target.enabled,
  };
  return { ...next, disabledReason: next.enabled ? null : next.disabledReason };
}

/** An incoming webhook and a bot exclude each other: the one that is given replaces the other. */
function withAddress(
  target: Target,
  { botTokenSecret, channel }: { botTokenSecret?: string | undefined; channel?: string | undefined },
  address: JudgedAddress | null,
): Target {
  if (address) return { ...target, urlShown: shownUrl(address.url), botTokenSecret: null, channel: null };
  if (botTokenSecret !== undefined) return { ...target, urlShown: null, botTokenSecret, channel: channel ?? target.channel };
  return channel !== undefined && target.botTokenSecret !== null ? { ...target, channel } : target;
}

async function requireBotToken(ctx: EntityContext, { botTokenSecret }: Target): Promise<void> {
  if (botTokenSecret !== null) await requireSecrets(ctx, [{ field: 'botTokenSecret', name: botTokenSecret, isToken: true }]);
}

const sealUrl = ({ vault, db, entity }: EntityContext, id: number, url: string) => vault.seal(db, entity.id, targetUrlLabel(id), url);

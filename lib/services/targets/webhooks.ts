import { WebhookBody, WebhookPatch } from '#lib/contracts/integrations.ts';
import { secretsOf, shownUrl, type Target } from '#lib/domain/target.ts';
import { resolveNotices } from '#lib/store/notices.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import { findSealedUrl, findTarget, insertTarget, listTargets, updateTarget } from '#lib/store/targets.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, query } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { openUrl } from '../delivery/open-target.ts';
import { targetUrlLabel } from '../delivery/sealed-labels.ts';
import { targetTopic } from '../notices/tell-target-news.ts';
import { approveHosts } from './approve-hosts.ts';
import { getTarget, resolveNoticesTo, TargetInput } from './get-target.ts';
import { OwnerInput, ownerOf } from './integration-owner.ts';
import { judgeAddress } from './judge-address.ts';
import { applyAsymmetric } from './key-pairs.ts';
import { requireSecrets } from './require-secrets.ts';
import { toWebhookView } from './target-view.ts';
import { wakeWaiting } from './wake-waiting.ts';
import { audited, namedSecrets, newTarget, withFields } from './webhook-fields.ts';

export const listWebhooks = query({
  permission: 'integrations:list',
  input: OwnerInput,
  entityOf: ownerOf,
  run: async (ctx) => Promise.all((await listTargets(ctx.db, ctx.entity.id, 'webhook')).map((target) => toWebhookView(ctx, target))),
});

export const getWebhook = query({
  permission: 'integrations:list',
  input: TargetInput,
  entityOf: ownerOf,
  run: async (ctx, { id }) => toWebhookView(ctx, await getTarget(ctx, 'webhook', id)),
});

export const createWebhook = command({
  permission: 'integrations:write',
  input: OwnerInput.extend(WebhookBody.shape),
  entityOf: ownerOf,
  prepare: (ctx, { url }) => judgeAddress(ctx, url, 'url'),
  run: async (ctx, body, address) => {
    const id = await nextNumber(ctx.db, 'target');
    const fresh = newTarget({ entityId: ctx.entity.id, id, kind: 'webhook', createdById: requireUserId(ctx.actor) }, ctx.now());
    const noticesTo = await resolveNoticesTo(ctx, body.noticesTo ?? null);
    const target: Target = { ...withFields(fresh, body), urlShown: shownUrl(address.url), noticesTo };
    await requireSecrets(ctx, namedSecrets(target));
    const approved = await approveHosts(ctx, { secrets: secretsOf(target), host: address.host, confirmHost: body.confirmHost });
    await insertTarget(ctx.db, target, await sealUrl(ctx, id, address.url));
    const made = await applyAsymmetric(ctx, target, body.asymmetricSignature);
    return {
      result: await toWebhookView(ctx, made, address.warnings),
      audit: [{ what: 'webhook.created', target: target.name, after: audited(made) }, ...approved],
    };
  },
});

/** Fields sent back unchanged count as not sent: also a masked URL, from somebody who saw no other. */
export const updateWebhook = command({
  permission: 'integrations:write',
  input: TargetInput.extend(WebhookPatch.shape),
  entityOf: ownerOf,
  prepare: async (ctx, { id, url }) => {
    const before = await getTarget(ctx, 'webhook', id);
    const current = await readUrl(ctx, before);
    const isNew = url !== undefined && url !== before.urlShown && url !== current;
    return isNew
      ? { ...(await judgeAddress(ctx, url, 'url')), isNew }
      : { url: current, host: new URL(current).hostname, warnings: [], isNew };
  },
  run: async (ctx, patch, address) => {
    const before = await getTarget(ctx, 'webhook', patch.id);
    const noticesTo = patch.noticesTo === undefined ? before.noticesTo : await resolveNoticesTo(ctx, patch.noticesTo, before.id);
    const after: Target = { ...withFields(before, patch), urlShown: shownUrl(address.url), noticesTo, updatedAt: ctx.now() };
    const named = new Set(secretsOf(before));
    const added = namedSecrets(after).filter(({ name, field }) => !named.has(name) || field === 'accessTokenSecret');
    await requireSecrets(ctx, added);
    const approved = await approveHosts(ctx, { secrets: secretsOf(after), host: address.host, confirmHost: patch.confirmHost });
    await updateTarget(ctx.db, after, {
      ...(address.isNew && { sealedUrl: await sealUrl(ctx, after.id, address.url) }),
      fresh: address.isNew || (after.enabled && !before.enabled),
    });
    if (after.enabled && !before.enabled) await resolveNotices(ctx.db, ctx.entity.id, targetTopic(after.id), ctx.now());
    const saved = await applyAsymmetric(ctx, (await findTarget(ctx.db, ctx.entity.id, after.id))!, patch.asymmetricSignature);
    return {
      result: await toWebhookView(ctx, saved, address.warnings),
      audit: [{ what: 'webhook.updated', target: after.name, before: audited(before), after: audited(saved) }, ...approved],
    };
  },
  committed: wakeWaiting,
});

const sealUrl = ({ vault, db, entity }: EntityContext, id: number, url: string) => vault.seal(db, entity.id, targetUrlLabel(id), url);

/** The whole address of a saved webhook. */
export async function readUrl(ctx: EntityContext, target: Target): Promise<string> {
  return openUrl(ctx, target, (await findSealedUrl(ctx.db, target.entityId, target.id))!);
}

import { ReplaceKeyBody } from '#lib/contracts/integrations.ts';
import { makeKeyPair } from '#lib/delivery/sign.ts';
import type { Target } from '#lib/domain/target.ts';
import { conflict } from '#lib/errors.ts';
import { endKeyOverlap, replaceKeyPair, setKeyPair } from '#lib/store/key-pairs.ts';
import { findTarget } from '#lib/store/targets.ts';
import { command } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { signingKeyLabel } from '../delivery/sealed-labels.ts';
import { getTarget, TargetInput } from './get-target.ts';
import { ownerOf } from './integration-owner.ts';
import { toWebhookView } from './target-view.ts';

/** Makes the first key of a webhook, or takes its keys away; nothing where it stands as asked for. Answers the webhook as it is then. */
export async function applyAsymmetric(ctx: EntityContext, target: Target, wanted: boolean | undefined): Promise<Target> {
  const has = target.keyPair !== null;
  if (wanted === undefined || wanted === has) return target;
  await setKeyPair(ctx.db, target.entityId, target.id, wanted ? await makeSealed(ctx, target.id) : null);
  return (await findTarget(ctx.db, target.entityId, target.id))!;
}

async function makeSealed(ctx: EntityContext, id: number): Promise<{ sealed: string; publicKey: string; at: number }> {
  const { privateKey, publicKey } = makeKeyPair();
  return { sealed: await ctx.vault.seal(ctx.db, ctx.entity.id, signingKeyLabel(id), privateKey), publicKey, at: ctx.now() };
}

async function requireKey(ctx: EntityContext, id: string): Promise<Target> {
  const target = await getTarget(ctx, 'webhook', id);
  if (!target.keyPair) throw conflict(`${target.name} has no key. Set asymmetricSignature first.`);
  return target;
}

/** Both keys sign until the overlap ends, so that receivers have time to learn the new public key. */
export const replaceKey = command({
  permission: 'integrations:write',
  input: TargetInput.extend(ReplaceKeyBody.shape),
  entityOf: ownerOf,
  run: async (ctx, { id, overlapSeconds }) => {
    const target = await requireKey(ctx, id);
    const made = await makeSealed(ctx, target.id);
    const oldEndsAt = overlapSeconds > 0 ? ctx.now() + overlapSeconds * 1000 : null;
    await replaceKeyPair(ctx.db, target.entityId, target.id, { ...made, oldEndsAt });
    const after = { publicKey: made.publicKey, overlapSeconds };
    return {
      result: await toWebhookView(ctx, await getTarget(ctx, 'webhook', id)),
      audit: { what: 'webhook.key_replaced', target: target.name, before: { publicKey: target.keyPair!.publicKey }, after },
    };
  },
});

/** Ends the overlap now: only the new key signs. */
export const switchKey = command({
  permission: 'integrations:write',
  input: TargetInput,
  entityOf: ownerOf,
  run: async (ctx, { id }) => {
    const target = await requireKey(ctx, id);
    await endKeyOverlap(ctx.db, target.entityId, target.id);
    return {
      result: await toWebhookView(ctx, await getTarget(ctx, 'webhook', id)),
      audit: { what: 'webhook.key_switched', target: target.name },
    };
  },
});

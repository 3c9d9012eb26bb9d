import type { SecretView } from '#lib/contracts/integrations.ts';
import { personText } from '#lib/domain/entity.ts';
import type { Secret } from '#lib/store/secrets.ts';
import { listTargetsUsingSecret } from '#lib/store/targets.ts';
import { findUser } from '#lib/store/users.ts';
import type { EntityContext } from '../context.ts';
import { toUse } from '../targets/used-by.ts';

/** There is no value in a Secret: nothing here could show one. */
export async function toSecretView(ctx: EntityContext, secret: Secret): Promise<SecretView> {
  const [users, creator] = await Promise.all([
    listTargetsUsingSecret(ctx.db, ctx.entity.id, secret.name),
    findUser(ctx.db, secret.createdById),
  ]);
  const overlaps = secret.overlapEndsAt !== null && secret.overlapEndsAt > ctx.now();
  return {
    name: secret.name,
    usedBy: users.map((target) => toUse(target, ctx.entity.name)),
    lastUsedAt: secret.lastUsedAt,
    createdAt: secret.createdAt,
    createdBy: creator ? personText(creator) : '',
    replacedAt: secret.replacedAt,
    overlapEndsAt: overlaps ? secret.overlapEndsAt : null,
  };
}

import { z } from 'zod';
import { SecretBody, SecretPut } from '#lib/contracts/integrations.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { isVariableName } from '#lib/domain/template-variables.ts';
import { conflict, invalidField, notFound } from '#lib/errors.ts';
import { nextNumber } from '#lib/store/numbers.ts';
import {
  deleteSecret as deleteStored,
  endOverlap,
  findSecret,
  insertSecret,
  listSecrets as listStored,
  replaceSecretValue,
  type Secret,
} from '#lib/store/secrets.ts';
import { listTargetsUsingSecret } from '#lib/store/targets.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, query } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { secretLabel } from '../delivery/sealed-labels.ts';
import { OwnerInput, ownerOf } from '../targets/integration-owner.ts';
import { requireTokenForm } from '../targets/require-secrets.ts';
import { toIssues, toUse } from '../targets/used-by.ts';
import { toSecretView } from './secret-view.ts';

const NamedInput = OwnerInput.extend({ name: z.string() });

export const listSecrets = query({
  permission: 'secrets:list_names',
  input: OwnerInput,
  entityOf: ownerOf,
  run: async (ctx) => Promise.all((await listStored(ctx.db, ctx.entity.id)).map((secret) => toSecretView(ctx, secret))),
});

export const createSecret = command({
  permission: 'secrets:write',
  input: OwnerInput.extend(SecretBody.shape),
  entityOf: ownerOf,
  run: async (ctx, { name, value }) => {
    if (name === ACCESS_TOKEN || isVariableName(name)) {
      throw invalidField(['name'], `"${name}" is the name of a payload variable. Choose another.`);
    }
    await requireUsable(ctx, name, value);
    const id = await nextNumber(ctx.db, 'secret');
    const secret = await insertSecret(ctx.db, {
      entityId: ctx.entity.id,
      id,
      name,
      sealed: await ctx.vault.seal(ctx.db, ctx.entity.id, secretLabel(id), value),
      createdById: requireUserId(ctx.actor),
      createdAt: ctx.now(),
    });
    return { result: await toSecretView(ctx, secret), audit: { what: 'secret.created', target: name } };
  },
});

/** Integrations may name it already as their token: it is replaced, or made anew after it was deleted. */
async function requireUsable(ctx: EntityContext, name: string, value: string): Promise<void> {
  const users = await listTargetsUsingSecret(ctx.db, ctx.entity.id, name);
  if (users.some((target) => target.accessTokenSecret === name || target.botTokenSecret === name)) requireTokenForm(value, ['value']);
}

async function getSecret(ctx: EntityContext, name: string): Promise<Secret> {
  const secret = await findSecret(ctx.db, ctx.entity.id, name);
  if (!secret) throw notFound(`The secret "${name}"`);
  return secret;
}

/** With an overlap the old value goes on signing until it ends; without, the new value counts at once. */
export const replaceSecret = command({
  permission: 'secrets:write',
  input: NamedInput.extend(SecretPut.omit({ name: true }).shape),
  entityOf: ownerOf,
  run: async (ctx, { name, value, overlapSeconds }) => {
    const secret = await getSecret(ctx, name);
    await requireUsable(ctx, name, value);
    await replaceSecretValue(ctx.db, ctx.entity.id, name, {
      sealed: await ctx.vault.seal(ctx.db, ctx.entity.id, secretLabel(secret.id), value),
      at: ctx.now(),
      overlapEndsAt: overlapSeconds > 0 ? ctx.now() + overlapSeconds * 1000 : null,
    });
    return {
      result: await toSecretView(ctx, await getSecret(ctx, name)),
      audit: { what: 'secret.replaced', target: name, after: { overlapSeconds } },
    };
  },
});

/** Ends the overlap now: only the new value is live. */
export const switchSecret = command({
  permission: 'secrets:write',
  input: NamedInput,
  entityOf: ownerOf,
  run: async (ctx, { name }) => {
    await getSecret(ctx, name);
    await endOverlap(ctx.db, ctx.entity.id, name);
    return { result: await toSecretView(ctx, await getSecret(ctx, name)), audit: { what: 'secret.switched', target: name } };
  },
});

export const deleteSecret = command({
  permission: 'secrets:write',
  input: NamedInput.extend({ force: z.boolean().default(false) }),
  entityOf: ownerOf,
  run: async (ctx, { name, force }) => {
    await getSecret(ctx, name);
    const uses = (await listTargetsUsingSecret(ctx.db, ctx.entity.id, name)).map((target) => toUse(target, ctx.entity.name));
    if (uses.length > 0 && !force) {
      throw conflict(`The secret "${name}" is in use. Deliveries that need it will fail without it.`, toIssues(uses));
    }
    await deleteStored(ctx.db, ctx.entity.id, name);
    return { result: undefined, audit: { what: 'secret.deleted', target: name, before: { usedBy: uses.map((use) => use.name) } } };
  },
});

import { z } from 'zod';
import { parseNumberedId } from '#lib/domain/ids.ts';
import type { Target } from '#lib/domain/target.ts';
import { invalidField, notFound } from '#lib/errors.ts';
import { findTarget, listTargets } from '#lib/store/targets.ts';
import type { EntityContext } from '../context.ts';
import { OwnerInput } from './integration-owner.ts';

export const TargetInput = OwnerInput.extend({ id: z.string() });

const WHAT = { webhook: { prefix: 'whk', words: 'The webhook' }, slack: { prefix: 'slk', words: 'The Slack channel' } } as const;

/** By `whk_3` or `slk_3`, in the entity that was checked. */
export async function getTarget(ctx: EntityContext, kind: Target['kind'], id: string): Promise<Target> {
  const { prefix, words } = WHAT[kind];
  const number = parseNumberedId(prefix, id);
  const target = number === null ? null : await findTarget(ctx.db, ctx.entity.id, number);
  if (!target || target.kind !== kind) throw notFound(`${words} "${id}"`);
  return target;
}

/** Another integration of the same entity, named by its id or its name. */
export async function resolveNoticesTo(ctx: EntityContext, given: string | null, ownId?: number): Promise<number | null> {
  if (given === null) return null;
  const number = parseNumberedId('whk', given) ?? parseNumberedId('slk', given);
  const targets = await listTargets(ctx.db, ctx.entity.id);
  const target = targets.find(({ id, name }) => id === number || name === given);
  if (!target) throw invalidField(['noticesTo'], `There is no integration "${given}" here.`);
  if (target.id === ownId) throw invalidField(['noticesTo'], 'Choose another integration: this one may be what is in trouble.');
  return target.id;
}

import { z } from 'zod';
import type { Entity } from '#lib/domain/entity.ts';
import { notFound } from '#lib/errors.ts';
import { getEntityByName } from '../access.ts';
import type { Context } from '../context.ts';

export const OwnerInput = z.object({ team: z.string() });

/** Teams and personal spaces keep integrations and secrets; an organization uses those of its teams. */
export async function ownerOf(ctx: Context, { team }: { team: string }): Promise<Entity> {
  const entity = await getEntityByName(ctx.db, team);
  if (entity.kind === 'organization') throw notFound(`The team "${team}"`);
  return entity;
}

import { z } from 'zod';
import type { Entity } from '#lib/domain/entity.ts';
import { getEntityByName } from '../access.ts';
import type { Context } from '../context.ts';

/** What has members: a team, or an organization by the name of its entity. */
export const GroupInput = z.object({ kind: z.enum(['team', 'organization']), group: z.string() });
export type GroupInput = z.infer<typeof GroupInput>;

export const groupOf = (ctx: Context, { kind, group }: GroupInput): Promise<Entity> => getEntityByName(ctx.db, group, kind);

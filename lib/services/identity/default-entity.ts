import { z } from 'zod';
import type { User } from '#lib/domain/entity.ts';
import { invalidField } from '#lib/errors.ts';
import { findEntity } from '#lib/store/entities.ts';
import { findRole } from '#lib/store/memberships.ts';
import { findUser, updateUser } from '#lib/store/users.ts';
import { getEntityByName } from '../access.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import type { Context } from '../context.ts';
import { instanceCommand } from '../instance-command.ts';
import { organizationOf } from './find-visible.ts';
import { getViewer, getViewerUser } from './get-viewer.ts';

/** Where the user's runs go that name no entity: the team they chose, while they are in it. */
export async function defaultEntityOf({ reader }: Context, user: User): Promise<string> {
  const { defaultEntityId } = user;
  if (defaultEntityId === null || (await findRole(reader, defaultEntityId, user.id)) === null) return user.username;
  return (await findEntity(reader, defaultEntityId))?.name ?? user.username;
}

/** The entity that a request names, or the one that it means by naming none. */
export const entityOrDefault = async (ctx: Context, name: string | null | undefined): Promise<string> =>
  name || defaultEntityOf(ctx, await getViewerUser(ctx));

/**
 * Where a team goes whose maker cannot say: into the organization of the team that they work in, else into the one that
 * they joined last. Null where they are in none.
 */
export async function organizationForTeam(ctx: Context): Promise<string | null> {
  const { user, memberships } = await getViewer(ctx);
  const working = memberships.find(({ entity }) => entity.id === user.defaultEntityId && entity.kind === 'team');
  if (working) return (await organizationOf(ctx, working.entity))?.entity.name ?? null;
  const [last] = memberships.filter(({ entity }) => entity.kind === 'organization').toSorted((a, b) => b.createdAt - a.createdAt);
  return last?.entity.name ?? null;
}

export const chooseDefaultEntity = instanceCommand({
  allow: 'signed_in',
  input: z.object({ entity: z.string() }),
  run: async (ctx, { entity: name }) => {
    const id = requireUserId(ctx.actor);
    const entity = await getEntityByName(ctx.db, name);
    const role = await findRole(ctx.db, entity.id, id);
    if (role === null || entity.kind === 'organization') {
      throw invalidField(['entity'], `"${name}" is no team of yours and not your personal space.`);
    }
    const before = (await findUser(ctx.db, id))!;
    await updateUser(ctx.db, id, { defaultEntityId: entity.id });
    return {
      result: undefined,
      audit: { what: 'user.updated', target: before.username, after: { defaultEntity: entity.name } },
    };
  },
});

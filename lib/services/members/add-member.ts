import { MemberBody } from '#lib/contracts/organizations.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { findRole } from '#lib/store/memberships.ts';
import { findUserByName } from '#lib/store/users.ts';
import { command } from '../command.ts';
import { GroupInput, groupOf } from './group.ts';
import { join, requireOwnServiceAccount } from './join.ts';
import { toMemberView } from './member-view.ts';

export const addMember = command({
  permission: 'members:write',
  input: GroupInput.extend(MemberBody.shape),
  entityOf: groupOf,
  run: async (ctx, { username, role }) => {
    const user = await findUserByName(ctx.db, username);
    if (!user) throw notFound(`The user "${username}"`);
    requireOwnServiceAccount(user, ctx.entity);
    if (await findRole(ctx.db, ctx.entity.id, user.id)) throw conflict(`"${user.username}" is a member already. Change the role instead.`);
    await join(ctx, ctx.entity, user.id, role);
    return {
      result: toMemberView({ user, role, createdAt: ctx.now() }, ctx.actor),
      audit: { what: 'member.added', target: user.username, after: { role } },
    };
  },
});

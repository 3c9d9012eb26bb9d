import { MemberPatch } from '#lib/contracts/organizations.ts';
import { putMember } from '#lib/store/memberships.ts';
import { command } from '../command.ts';
import { getMember, MemberInput } from './get-member.ts';
import { groupOf } from './group.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { toMemberView } from './member-view.ts';

export const changeRole = command({
  permission: 'members:write',
  input: MemberInput.extend(MemberPatch.shape),
  entityOf: groupOf,
  run: async (ctx, { username, role }) => {
    const member = await getMember(ctx, username);
    if (role !== 'admin') await keepAnAdmin(ctx.db, ctx.entity, member.user.id);
    await putMember(ctx.db, ctx.entity.id, member.user.id, role, ctx.now());
    return {
      result: toMemberView({ ...member, role }, ctx.actor),
      audit: { what: 'member.role_changed', target: member.user.username, before: { role: member.role }, after: { role } },
    };
  },
});

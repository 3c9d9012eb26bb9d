import { listTeams } from '#lib/store/entities.ts';
import { deleteMember, findRole } from '#lib/store/memberships.ts';
import { deleteRegistryRolesOf } from '#lib/store/registry-members.ts';
import { eraseAccount } from '../accounts/erase-account.ts';
import type { AuditDraft } from '../audit/write-audit.ts';
import { command } from '../command.ts';
import type { EntityContext } from '../context.ts';
import { getMember, MemberInput } from './get-member.ts';
import { groupOf } from './group.ts';
import { keepAnAdmin } from './keep-an-admin.ts';

/** Out of an organization means out of its teams; a service account that leaves its team is gone. */
export const removeMember = command({
  permission: 'members:write',
  input: MemberInput,
  entityOf: groupOf,
  run: async (ctx, { username }) => {
    const { user, role } = await getMember(ctx, username);
    await keepAnAdmin(ctx.db, ctx.entity, user.id);
    await deleteMember(ctx.db, ctx.entity.id, user.id);
    const left = ctx.entity.kind === 'organization' ? await leaveTeams(ctx, user.id) : [];
    if (ctx.entity.kind === 'organization') await deleteRegistryRolesOf(ctx.db, ctx.entity.id, user.entityId);
    if (user.serviceEntityId === ctx.entity.id) await eraseAccount(ctx, user);
    const audit: AuditDraft = { what: 'member.removed', target: user.username, before: { role, teams: left } };
    return { result: undefined, audit };
  },
});

async function leaveTeams(ctx: EntityContext, userId: number): Promise<string[]> {
  const left: string[] = [];
  for (const team of await listTeams(ctx.db, ctx.entity.organizationId!)) {
    if ((await findRole(ctx.db, team.id, userId)) === null) continue;
    await keepAnAdmin(ctx.db, team, userId);
    await deleteMember(ctx.db, team.id, userId);
    left.push(team.name);
  }
  return left;
}

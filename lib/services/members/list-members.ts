import { listMembers as listStored } from '#lib/store/memberships.ts';
import { query } from '../command.ts';
import { GroupInput, groupOf } from './group.ts';
import { toMemberView } from './member-view.ts';

export const listMembers = query({
  permission: 'members:list',
  input: GroupInput,
  entityOf: groupOf,
  run: async (ctx) => (await listStored(ctx.db, ctx.entity.id)).map((member) => toMemberView(member, ctx.actor)),
});

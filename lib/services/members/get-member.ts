import { z } from 'zod';
import { foldName } from '#lib/domain/names.ts';
import { notFound } from '#lib/errors.ts';
import { listMembers, type Member } from '#lib/store/memberships.ts';
import type { EntityContext } from '../context.ts';
import { GroupInput } from './group.ts';

export const MemberInput = GroupInput.extend({ username: z.string() });

export async function getMember(ctx: EntityContext, username: string): Promise<Member> {
  const members = await listMembers(ctx.db, ctx.entity.id);
  const member = members.find(({ user }) => foldName(user.username) === foldName(username));
  if (!member) throw notFound(`The member "${username}"`);
  return member;
}

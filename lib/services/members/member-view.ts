import type { MemberView } from '#lib/contracts/organizations.ts';
import type { Actor } from '#lib/domain/permissions.ts';
import type { Member } from '#lib/store/memberships.ts';

export const toMemberView = ({ user, role, createdAt }: Member, actor: Actor): MemberView => ({
  username: user.username,
  name: user.name,
  email: user.email,
  role,
  serviceAccount: user.serviceEntityId !== null,
  since: createdAt,
  me: 'userId' in actor && actor.userId === user.id,
});

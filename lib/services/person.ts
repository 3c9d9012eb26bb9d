import type { Person } from '#lib/contracts/view.ts';
import type { User } from '#lib/domain/entity.ts';

/** A person beside what they made, also when they are gone. */
export const toPerson = (user: User | undefined): Person | null =>
  user ? { username: user.username, name: user.name, deleted: user.deletedAt !== null } : null;

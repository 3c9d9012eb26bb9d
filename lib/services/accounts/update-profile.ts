import { signInEmail } from '#lib/auth/accounts.ts';
import { ProfilePatch } from '#lib/contracts/session.ts';
import { updateSignInEmail } from '#lib/store/sign-in-accounts.ts';
import { findUser, updateUser } from '#lib/store/users.ts';
import { instanceCommand } from '../instance-command.ts';
import { requireUserId } from './require-user-id.ts';

export const updateProfile = instanceCommand({
  allow: 'signed_in',
  input: ProfilePatch,
  run: async (ctx, patch) => {
    const id = requireUserId(ctx.actor);
    const before = (await findUser(ctx.db, id))!;
    await updateUser(ctx.db, id, patch);
    if (patch.email !== undefined) {
      await updateSignInEmail(ctx.db, id, signInEmail({ ...before, email: patch.email }), ctx.now());
    }
    const changed = { name: before.name, email: before.email };
    return {
      result: undefined,
      audit: { what: 'user.updated', target: before.username, before: changed, after: { ...changed, ...patch } },
    };
  },
});

import { SetupBody } from '#lib/contracts/session.ts';
import { ForeignApiKey } from '#lib/domain/names.ts';
import { notFound } from '#lib/errors.ts';
import { instanceCommand } from '../instance-command.ts';
import { makeFirst } from './set-up.ts';

const FirstStart = SetupBody.pick({ organization: true, username: true, email: true, password: true, team: true }).extend({
  apiKey: ForeignApiKey.optional(),
});

/** The same as the setup page for scripts and CI, told by the environment; it makes no registries. */
export const setUpWithoutBrowser = instanceCommand({
  allow: 'anyone',
  input: FirstStart,
  prepare: async (ctx, { password }) => {
    if (ctx.actor.kind !== 'system') throw notFound('The setup page');
    return ctx.accounts.hashPassword(password);
  },
  run: async (ctx, { organization, team, username, email, apiKey }, passwordHash) => {
    const result = await makeFirst(ctx, { organization, team, registries: false }, { username, email, passwordHash, apiKey });
    return { result, audit: { what: 'instance.set_up', target: result.organization, after: { admin: username, team: result.team } } };
  },
});

import { isSetupToken } from '#lib/auth/setup-token.ts';
import { SetupBody } from '#lib/contracts/session.ts';
import type { User } from '#lib/domain/entity.ts';
import { forbidden, notFound } from '#lib/errors.ts';
import { insertEntity } from '#lib/store/entities.ts';
import { claimInstanceValue, findInstanceValue } from '#lib/store/instance.ts';
import { putMember } from '#lib/store/memberships.ts';
import { insertFirstRegistry } from '#lib/store/registries.ts';
import type { Context } from '../context.ts';
import { instanceCommand } from '../instance-command.ts';
import { makeOrganization } from '../organizations/make-organization.ts';
import { createAccount } from './create-account.ts';

/** Without the token: from this machine, as long as nobody said that others come here. */
const isOpen = (ctx: Context) => ctx.setup.openToLoopback && ctx.directLoopback;

const gone = () => notFound('The setup page');

export const isSetUp = async (ctx: Pick<Context, 'db'>) => (await findInstanceValue(ctx.db, 'set_up')) !== undefined;

/** Not found once there is an admin. */
export async function getSetup(ctx: Context): Promise<{ tokenNeeded: boolean }> {
  if (await isSetUp(ctx)) throw gone();
  return { tokenNeeded: !isOpen(ctx) };
}

/** The first organization, admin and team, once: of two at the same time the later one finds no setup page. */
export const setUp = instanceCommand({
  allow: 'anyone',
  input: SetupBody,
  prepare: async (ctx, body) => {
    if (await isSetUp(ctx)) throw gone();
    if (ctx.actor.kind !== 'system' && !isOpen(ctx) && !isSetupToken(body.token, ctx.setup.token)) {
      throw forbidden('Open the setup link that was printed at the start: it carries the token that this needs.');
    }
    return ctx.accounts.hashPassword(body.password);
  },
  run: async (ctx, body, passwordHash) => {
    const result = await makeFirst(ctx, body, { username: body.username, email: body.email, passwordHash });
    return {
      result,
      audit: { what: 'instance.set_up', target: result.organization, after: { admin: body.username, team: result.team } },
    };
  },
});

type FirstAccount = { username: string; email?: string | undefined; passwordHash?: string | undefined; apiKey?: string | undefined };
type First = { user: User; organization: string; team: string };

/** In one transaction, guarded by a row that only one can write. */
export async function makeFirst(
  ctx: Context,
  names: { organization: string; organizationEntity?: string | undefined; team: string; registries: boolean },
  account: FirstAccount,
): Promise<First> {
  const at = ctx.now();
  if (!(await claimInstanceValue(ctx.db, 'set_up', String(at)))) throw gone();
  const user = await createAccount(ctx, { ...account, instanceAdmin: true });
  const teamName = names.team;
  // The organization's name gives way (`…-org`) to the user's and the team's.
  const { organization, entity } = await makeOrganization(ctx, names.organization, names.organizationEntity, [teamName]);
  const team = await insertEntity(ctx.db, { kind: 'team', name: teamName, organizationId: organization.id, createdAt: at });
  await putMember(ctx.db, entity.id, user.id, 'admin', at);
  await putMember(ctx.db, team.id, user.id, 'admin', at);
  if (names.registries) {
    for (const type of ['model', 'dataset']) {
      await insertFirstRegistry(ctx.db, { entityId: entity.id, name: type, artifactTypes: [type], createdById: user.id, at });
    }
  }
  return { user, organization: entity.name, team: team.name };
}

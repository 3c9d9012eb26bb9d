import { z } from 'zod';
import { TeamBody } from '#lib/contracts/organizations.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { invalidField } from '#lib/errors.ts';
import { insertEntity, listOrganizationEntities, listTeams as listStored } from '#lib/store/entities.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { getEntityByName, standingOf } from '../access.ts';
import { requireUserId } from '../accounts/require-user-id.ts';
import { command, query } from '../command.ts';
import type { Context } from '../context.ts';
import { instanceQuery } from '../instance-command.ts';
import { join } from '../members/join.ts';
import { toTeamView } from '../organizations/organization-view.ts';

/** Teams I am in or manage, of one organization or of all. */
export const listTeams = instanceQuery({
  allow: 'signed_in',
  input: z.object({ organization: z.string().optional() }),
  run: async (ctx, { organization }) => {
    const owner = organization === undefined ? null : await getEntityByName(ctx.db, organization, 'organization');
    const teams = await listStored(ctx.db, owner?.organizationId ?? undefined);
    const standings = await Promise.all(teams.map((team) => standingOf(ctx.db, ctx.actor, team)));
    const visible = teams.filter((_, index) => standings[index]!.role !== null || standings[index]!.manages);
    return Promise.all(visible.map((team) => toTeamView(ctx.db, ctx.actor, team)));
  },
});

export const getTeam = query({
  permission: 'members:list',
  input: z.object({ team: z.string() }),
  entityOf: (ctx, { team }) => getEntityByName(ctx.db, team, 'team'),
  run: (ctx) => toTeamView(ctx.db, ctx.actor, ctx.entity),
});

/** In an organization one is in; who makes a team is its first admin. */
export const createTeam = command({
  permission: 'teams:create',
  input: TeamBody,
  entityOf: organizationFor,
  run: async (ctx, { name }) => {
    const organizationId = ctx.entity.organizationId!;
    const team = await insertEntity(ctx.db, { kind: 'team', name, organizationId, createdAt: ctx.now() });
    if (ctx.actor.kind !== 'system') await join(ctx, team, requireUserId(ctx.actor), 'admin');
    return {
      result: await toTeamView(ctx.db, ctx.actor, team),
      audit: { what: 'team.created', target: team.name, after: { organization: ctx.entity.name } },
    };
  },
});

/** Need not be said by who is in one only. */
async function organizationFor(ctx: Context, { organization }: { organization?: string | undefined }): Promise<Entity> {
  if (organization !== undefined) return getEntityByName(ctx.db, organization, 'organization');
  const mine = (await listMembershipsOfUser(ctx.db, requireUserId(ctx.actor)))
    .map(({ entity }) => entity)
    .filter(({ kind }) => kind === 'organization');
  const candidates = mine.length > 0 || !isInstanceAdmin(ctx) ? mine : await listOrganizationEntities(ctx.db);
  if (candidates.length === 1) return candidates[0]!;
  throw invalidField(
    ['organization'],
    candidates.length === 0
      ? 'You are in no organization. Ask an admin of one to add you.'
      : `Say in which organization: ${candidates.map(({ name }) => name).join(', ')}.`,
  );
}

const isInstanceAdmin = ({ actor }: Context) => 'instanceAdmin' in actor && actor.instanceAdmin;

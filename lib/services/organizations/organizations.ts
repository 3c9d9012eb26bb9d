import { z } from 'zod';
import { OrganizationBody, OrganizationPatch } from '#lib/contracts/organizations.ts';
import type { Entity } from '#lib/domain/entity.ts';
import type { Db } from '#lib/store/connect.ts';
import { findOrganization, listOrganizationEntities, updateOrganizationName } from '#lib/store/entities.ts';
import { listMembershipsOfUser } from '#lib/store/memberships.ts';
import { getEntityByName } from '../access.ts';
import { command, query } from '../command.ts';
import type { Context } from '../context.ts';
import { instanceCommand, instanceQuery } from '../instance-command.ts';
import { makeOrganization } from './make-organization.ts';
import { toOrganizationView } from './organization-view.ts';

const Name = z.object({ organization: z.string() });
const organizationOf = (ctx: Context, { organization }: { organization: string }): Promise<Entity> =>
  getEntityByName(ctx.db, organization, 'organization');

/** Those I am in; all of them for instance admins. */
export const listOrganizations = instanceQuery({
  allow: 'signed_in',
  input: z.object({}),
  run: async (ctx) => {
    const entities = await visibleOrganizations(ctx.db, ctx);
    return Promise.all(entities.map((entity) => toOrganizationView(ctx.db, ctx.actor, entity)));
  },
});

async function visibleOrganizations(db: Db, { actor }: Context): Promise<Entity[]> {
  if (!('userId' in actor)) return [];
  if (actor.instanceAdmin) return listOrganizationEntities(db);
  const memberships = await listMembershipsOfUser(db, actor.userId);
  return memberships.map(({ entity }) => entity).filter(({ kind }) => kind === 'organization');
}

export const getOrganization = query({
  permission: 'members:list',
  input: Name,
  entityOf: organizationOf,
  run: (ctx) => toOrganizationView(ctx.db, ctx.actor, ctx.entity),
});

/** By an instance admin, who is not made a member by it. */
export const createOrganization = instanceCommand({
  allow: 'instance_admin',
  input: OrganizationBody,
  run: async (ctx, body) => {
    const { entity } = await makeOrganization(ctx, body.name, body.entity);
    return {
      result: await toOrganizationView(ctx.db, ctx.actor, entity),
      audit: { what: 'organization.created', target: entity.name, after: { displayName: body.name } },
    };
  },
});

export const updateOrganization = command({
  permission: 'entities:edit',
  input: Name.extend(OrganizationPatch.shape),
  entityOf: organizationOf,
  run: async (ctx, { displayName }) => {
    const before = await findOrganization(ctx.db, ctx.entity.organizationId!);
    if (displayName !== undefined) await updateOrganizationName(ctx.db, ctx.entity.organizationId!, displayName);
    return {
      result: await toOrganizationView(ctx.db, ctx.actor, ctx.entity),
      audit: {
        what: 'organization.updated',
        target: ctx.entity.name,
        before: { displayName: before!.displayName },
        after: { displayName: displayName ?? before!.displayName },
      },
    };
  },
});

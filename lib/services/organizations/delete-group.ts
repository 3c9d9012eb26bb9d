import { z } from 'zod';
import { type Entity, INSTANCE_ENTITY_ID } from '#lib/domain/entity.ts';
import { conflict, type Issue } from '#lib/errors.ts';
import { listServiceAccounts } from '#lib/store/api-keys.ts';
import { deleteEntityRows } from '#lib/store/delete-entity.ts';
import { findOrganizationEntity, listTeams, retireEntity } from '#lib/store/entities.ts';
import { listProjects } from '#lib/store/projects.ts';
import { listTargets } from '#lib/store/targets.ts';
import { eraseAccount } from '../accounts/erase-account.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { GroupInput, groupOf } from '../members/group.ts';

const LISTED = 20;

/** Takes projects, registries, integrations, automations and members along; an organization also its teams. Asks first. */
export const deleteGroup = command({
  permission: 'entities:delete',
  input: GroupInput.extend({ force: z.boolean().default(false) }),
  entityOf: groupOf,
  run: async (ctx, { force }) => {
    const teams = ctx.entity.kind === 'organization' ? await listTeams(ctx.db, ctx.entity.organizationId!) : [];
    const inside = await listContents(ctx, ctx.entity, teams);
    if (inside.length > 0 && !force) {
      throw conflict(`The ${ctx.entity.kind} "${ctx.entity.name}" is not empty. Deleting it deletes all of this too.`, inside);
    }
    const owner = ctx.entity.kind === 'team' ? await findOrganizationEntity(ctx.db, ctx.entity.organizationId!) : null;
    for (const entity of [...teams, ctx.entity]) await erase(ctx, entity);
    return {
      result: undefined,
      audit: {
        what: `${ctx.entity.kind}.deleted`,
        target: ctx.entity.name,
        before: { teams: teams.map(({ name }) => name), contents: inside.map(({ message }) => message) },
      },
      auditEntityId: owner?.id ?? INSTANCE_ENTITY_ID, // its own log goes out of reach with it
    };
  },
});

async function listContents(ctx: Context, entity: Entity, teams: readonly Entity[]): Promise<Issue[]> {
  const projects = await listProjects(ctx.db, { entityIds: [entity.id], kind: 'project' }, { limit: LISTED });
  const registries = await listProjects(ctx.db, { entityIds: [entity.id], kind: 'registry' }, { limit: LISTED });
  const targets = await listTargets(ctx.db, entity.id);
  return [
    ...teams.map((team) => ({ path: ['team'], message: `team ${team.name}` })),
    ...projects.map((project) => ({ path: ['project'], message: `project ${project.name}` })),
    ...registries.map((registry) => ({ path: ['registry'], message: `registry ${registry.name}` })),
    ...targets.map((target) => ({ path: [target.kind], message: `${target.kind} ${target.name}` })),
  ];
}

async function erase(ctx: Context, entity: Entity): Promise<void> {
  for (const account of await listServiceAccounts(ctx.db, [entity.id])) await eraseAccount(ctx, account);
  await deleteEntityRows(ctx.db, entity.id);
  await retireEntity(ctx.db, entity);
}

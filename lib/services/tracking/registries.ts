import { z } from 'zod';
import { RegistryBody, RegistryMemberBody, RegistryPatch } from '#lib/contracts/tracking.ts';
import { PageQuery } from '#lib/contracts/view.ts';
import type { Entity } from '#lib/domain/entity.ts';
import { REGISTRY_PROJECT_PREFIX } from '#lib/domain/fixed-names.ts';
import { foldName } from '#lib/domain/names.ts';
import { registryNameOf } from '#lib/domain/page-paths.ts';
import { conflict, invalidField, notFound } from '#lib/errors.ts';
import { deleteProject } from '#lib/store/delete-project.ts';
import { findEntityByName } from '#lib/store/entities.ts';
import { findRole } from '#lib/store/memberships.ts';
import { findProjectNumbers } from '#lib/store/project-numbers.ts';
import { insertProject, listProjects, updateProject } from '#lib/store/projects.ts';
import { deleteRegistryMember, listRegistryMembers, putRegistryMember } from '#lib/store/registry-members.ts';
import { findUserByName } from '#lib/store/users.ts';
import { getEntityByName } from '../access.ts';
import { command } from '../command.ts';
import type { Context, EntityContext } from '../context.ts';
import { parseCursor, toPage } from '../cursor.ts';
import { instanceQuery } from '../instance-command.ts';
import { getRegistryPlace, myOrganizations, requirePlace } from '../places/find-place.ts';
import { listVisiblePlaces } from '../places/visible-places.ts';
import { counted } from './counted.ts';
import { toRegistryView } from './place-views.ts';

const Address = z.object({ registry: z.string(), organization: z.string().optional() });
type Address = z.infer<typeof Address>;
const Cursor = z.object({ name: z.string(), id: z.int() });

/** The registries of one organization, or of all that I am in; those closed to me are left out. */
export const listRegistries = instanceQuery({
  allow: 'signed_in',
  input: PageQuery.extend({ organization: z.string().optional() }),
  run: async (ctx, { organization, limit, after }) => {
    const visible = await listVisiblePlaces(ctx);
    const organizations = [...visible.entities.values()]
      .map(({ entity }) => entity)
      .filter(({ kind, name }) => kind === 'organization' && (organization === undefined || foldName(name) === foldName(organization)));
    const rows = await listProjects(
      ctx.db,
      { entityIds: organizations.map(({ id }) => id), kind: 'registry', withoutIds: visible.hiddenProjectIds },
      { limit: limit + 1, after: parseCursor(Cursor, after) },
    );
    const page = toPage(rows, limit, ({ name, id }) => ({ name, id }));
    const items = page.items.map((registry) => {
      const { entity } = visible.entities.get(registry.entityId)!;
      return toRegistryView(ctx.db, registry, entity.name, visible.roleAt(registry.entityId, registry.id));
    });
    return { ...page, items: await Promise.all(items) };
  },
});

export const getRegistry = instanceQuery({
  allow: 'signed_in',
  input: Address,
  run: async (ctx, address) => {
    const { project, entity, role } = await requirePlace(ctx, 'see', address);
    return toRegistryView(ctx.db, project, entity.name, role);
  },
});

export const createRegistry = command({
  permission: 'registries:create',
  input: RegistryBody,
  entityOf: async (ctx, { organization }) => {
    if (organization !== undefined) return getEntityByName(ctx.db, organization, 'organization');
    const mine = await myOrganizations(ctx);
    if (mine.length === 1) return mine[0]!;
    throw invalidField(
      ['organization'],
      mine.length ? `Say which organization: ${mine.map(({ name }) => name).join(' or ')}.` : 'You are in no organization.',
    );
  },
  run: async (ctx, { name, visibility, description, artifactTypes }) => {
    const project = await insertProject(
      ctx.db,
      {
        entityId: ctx.entity.id,
        kind: 'registry',
        name: `${REGISTRY_PROJECT_PREFIX}${name}`,
        description,
        visibility,
        artifactTypes,
        createdById: 'userId' in ctx.actor ? ctx.actor.userId : null,
      },
      ctx.now(),
    );
    return {
      result: await toRegistryView(ctx.db, project, ctx.entity.name, ctx.role),
      audit: { what: 'registry.created', target: `${ctx.entity.name}/${name}`, after: { visibility, artifactTypes } },
    };
  },
});

const guardedOf = async (ctx: Context, { registry, organization }: Address) =>
  (await getRegistryPlace(ctx, registry, organization)).guarded;

export const updateRegistry = command({
  permission: 'registries:edit',
  input: Address.extend(RegistryPatch.shape),
  entityOf: guardedOf,
  run: async (ctx, { registry, organization, name, ...patch }) => {
    const { project } = await getRegistryPlace(ctx, registry, organization);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changed = { ...project, ...given, ...(name !== undefined && { name: `${REGISTRY_PROJECT_PREFIX}${name}` }) };
    await updateProject(ctx.db, changed, ctx.now());
    return {
      result: await toRegistryView(ctx.db, changed, ctx.entity.name, ctx.role),
      audit: {
        what: 'registry.updated',
        target: `${ctx.entity.name}/${registryNameOf(changed.name)}`,
        before: { name: registryNameOf(project.name), visibility: project.visibility, artifactTypes: project.artifactTypes },
        after: { name: registryNameOf(changed.name), visibility: changed.visibility, artifactTypes: changed.artifactTypes },
      },
    };
  },
});

/** Takes its collections, links and automations along; asks first where there are any. The linked versions stay where they are. */
export const deleteRegistry = command({
  permission: 'registries:edit',
  input: Address.extend({ force: z.boolean().default(false) }),
  entityOf: guardedOf,
  run: async (ctx, { registry, organization, force }) => {
    const { project } = await getRegistryPlace(ctx, registry, organization);
    const { collections, automations } = await findProjectNumbers(ctx.db, project.entityId, project.id);
    if (!force && collections.count + automations.count > 0) {
      throw conflict('The registry is not empty. Add ?force=true to delete what is in it too.', [
        ...counted('collections', 'collection', collections),
        ...counted('automations', 'automation', automations),
      ]);
    }
    await deleteProject(ctx.db, project.entityId, project.id);
    return { result: undefined, audit: { what: 'registry.deleted', target: `${ctx.entity.name}/${registryNameOf(project.name)}` } };
  },
});

export const listMembersOfRegistry = instanceQuery({
  allow: 'signed_in',
  input: Address,
  run: async (ctx, address) => {
    const { project } = await requirePlace(ctx, 'see', address);
    const members = await listRegistryMembers(ctx.db, { entityId: project.entityId, projectId: project.id });
    return members.map(({ entity, role }) => ({
      kind: entity.kind === 'user' ? ('user' as const) : ('team' as const),
      name: entity.name,
      role,
    }));
  },
});

async function findMemberOfOrganization(ctx: EntityContext, kind: 'user' | 'team', name: string): Promise<Entity | null> {
  const entity = await findEntityByName(ctx.db, name);
  if (entity?.kind !== kind) return null;
  if (kind === 'team') return entity.organizationId === ctx.entity.organizationId ? entity : null;
  const user = await findUserByName(ctx.db, name);
  return user && (await findRole(ctx.db, ctx.entity.id, user.id)) !== null ? entity : null;
}

export const setRegistryMember = command({
  permission: 'registries:edit',
  input: Address.extend(RegistryMemberBody.shape),
  entityOf: guardedOf,
  run: async (ctx, { registry, organization, kind, name, role }) => {
    const { project } = await getRegistryPlace(ctx, registry, organization);
    const member = await findMemberOfOrganization(ctx, kind, name);
    if (!member) {
      throw invalidField(['name'], `There is no ${kind} "${name}" in ${ctx.entity.name}. A registry’s roles are for its organization.`);
    }
    await putRegistryMember(ctx.db, { entityId: project.entityId, projectId: project.id }, member.id, role, ctx.now());
    return {
      result: { kind, name: member.name, role },
      audit: { what: 'registry.member_set', target: `${registryNameOf(project.name)}: ${member.name}`, after: { role } },
    };
  },
});

export const removeRegistryMember = command({
  permission: 'registries:edit',
  input: Address.extend({ kind: z.enum(['user', 'team']), name: z.string() }),
  entityOf: guardedOf,
  run: async (ctx, { registry, organization, kind, name }) => {
    const { project } = await getRegistryPlace(ctx, registry, organization);
    const member = await getEntityByName(ctx.db, name, kind);
    const removed = await deleteRegistryMember(ctx.db, { entityId: project.entityId, projectId: project.id }, member.id);
    if (!removed) throw notFound(`A role of ${name} in this registry`);
    return { result: undefined, audit: { what: 'registry.member_removed', target: `${registryNameOf(project.name)}: ${member.name}` } };
  },
});

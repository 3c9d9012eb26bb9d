import { beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, type Permission, type Role } from '#lib/domain/permissions.ts';
import { isAppError } from '#lib/errors.ts';
import type { Db } from '#lib/store/connect.ts';
import { findEntityByName } from '#lib/store/entities.ts';
import { putMember } from '#lib/store/memberships.ts';
import { describeStores } from '#lib/store/testing.ts';
import { requirePermission } from './access.ts';
import type { Context, Guarded, Platform } from './context.ts';
import { handSetClock, makeUser, setUpAcme, testPlatform } from './testing.ts';

/** The contract's table, written out by hand: who has each right. A admin, M member, V viewer, R restricted viewer. */
const TABLE: Record<Permission, string> = {
  see: 'AMVR',
  download: 'AMV',
  preview: 'AM',
  'automations:write': 'AM',
  'executions:replay': 'AM',
  'events:write': 'AM',
  'artifacts:write': 'AM',
  'projects:create': 'AM',
  'projects:edit': 'AM',
  'projects:delete': 'A',
  'registries:create': 'A',
  'registries:edit': 'A',
  'integrations:list': 'AM',
  'integrations:use': 'AM',
  'integrations:test_saved': 'AM',
  'integrations:test': 'A',
  'integrations:write': 'A',
  'secrets:list_names': 'AM',
  'secrets:write': 'A',
  'members:list': 'AMV',
  'members:write': 'A',
  'keys:others': 'A',
  'audit:read': 'A',
  'teams:create': 'AM',
  'entities:edit': 'A',
  'entities:delete': 'A',
};
const LETTER: Record<Role, string> = { admin: 'A', member: 'M', viewer: 'V', restricted_viewer: 'R' };

/** Rights of those who manage a group without being in it, and rights they know of and lack. The rest reads as not found. */
const MANAGED = new Set<Permission>(['members:list', 'members:write', 'teams:create', 'entities:edit', 'entities:delete']);
const KNOWN = new Set<Permission>([
  'integrations:list',
  'integrations:test',
  'integrations:write',
  'secrets:list_names',
  'secrets:write',
  'keys:others',
  'audit:read',
  'registries:create',
]);
const forManager = (permission: Permission) => (MANAGED.has(permission) ? 'allowed' : KNOWN.has(permission) ? 'forbidden' : 'not_found');
const forRole = (role: Role) => (permission: Permission) => (TABLE[permission].includes(LETTER[role]) ? 'allowed' : 'forbidden');
const forStranger = () => 'not_found';

const permissions = Object.keys(PERMISSIONS) as Permission[];

test('the table names every right there is', () => {
  expect(Object.keys(TABLE).toSorted()).toEqual(permissions.toSorted());
});

describeStores('who may do what', (makeStore) => {
  let platform: Platform;
  let db: Db;
  const people = new Map<string, Context>();
  const places = new Map<string, Guarded>();

  beforeAll(async () => {
    people.clear();
    platform = testPlatform(await makeStore(), handSetClock());
    db = platform.db;
    await setUpAcme(platform);
    const entity = async (name: string) => (await findEntityByName(db, name))!;
    const [team, owner] = [await entity('acme'), await entity('Acme-org')];
    for (const role of ['admin', 'member', 'viewer'] as const) {
      people.set(`team ${role}`, await join(`team-${role}`, team, role));
      await putMember(db, owner.id, userIdOf(`team ${role}`), 'viewer', 0); // who is in a team is in its organization
      people.set(`organization ${role}`, await join(`org-${role}`, owner, role));
    }
    people.set('stranger', await makeUser(platform, 'stranger'));
    const instanceAdmin = await makeUser(platform, 'boss');
    people.set('instance admin', { ...instanceAdmin, actor: { ...instanceAdmin.actor, instanceAdmin: true } as Context['actor'] });
    people.set('owner', await makeUser(platform, 'owner'));

    const registries = await db.selectFrom('projects').selectAll().where('kind', '=', 'registry').orderBy('id').execute();
    const [open, closed] = registries as [(typeof registries)[number], (typeof registries)[number]];
    await db.updateTable('projects').set({ visibility: 'restricted' }).where('id', '=', closed.id).execute();
    const own = (projectId: number, name: string, role: Role) => giveRegistryRole(owner.id, projectId, name, role);
    await own(open.id, 'org-member', 'restricted_viewer');
    await own(open.id, 'team-viewer', 'admin');
    await own(open.id, 'org-admin', 'viewer');
    await own(open.id, 'stranger', 'admin'); // left over from when they were in the organization
    await own(closed.id, 'acme', 'member');

    places.set('team', team);
    places.set('organization', owner);
    places.set('personal space', await entity('owner'));
    places.set('registry', { ...owner, registryId: open.id });
    places.set('restricted registry', { ...owner, registryId: closed.id });
  });

  async function join(username: string, entity: Guarded, role: Role): Promise<Context> {
    const ctx = await makeUser(platform, username);
    await putMember(db, entity.id, (ctx.actor as { userId: number }).userId, role, 0);
    return ctx;
  }

  const userIdOf = (who: string) => (people.get(who)!.actor as { userId: number }).userId;

  async function giveRegistryRole(entityId: number, projectId: number, member: string, role: Role) {
    const { id } = (await findEntityByName(db, member))!;
    await db
      .insertInto('registry_members')
      .values({ entity_id: entityId, project_id: projectId, member_entity_id: id, role, created_at: 0 })
      .execute();
  }

  async function verdict(who: string, place: string, permission: Permission): Promise<string> {
    try {
      await requirePermission(db, people.get(who)!.actor, permission, places.get(place)!);
      return 'allowed';
    } catch (error) {
      if (!isAppError(error)) throw error;
      return error.code;
    }
  }

  const cases: [who: string, place: string, expected: (permission: Permission) => string][] = [
    ['team admin', 'team', forRole('admin')],
    ['team member', 'team', forRole('member')],
    ['team viewer', 'team', forRole('viewer')],
    ['organization admin', 'team', forManager],
    ['organization member', 'team', forStranger],
    ['instance admin', 'team', forManager],
    ['stranger', 'team', forStranger],
    ['organization admin', 'organization', forRole('admin')],
    ['organization member', 'organization', forRole('member')],
    ['organization viewer', 'organization', forRole('viewer')],
    ['instance admin', 'organization', forManager],
    ['stranger', 'organization', forStranger],
    ['owner', 'personal space', forRole('admin')],
    ['instance admin', 'personal space', forStranger],
    ['stranger', 'personal space', forStranger],
    ['organization admin', 'registry', forRole('admin')],
    ['organization viewer', 'registry', forRole('viewer')],
    // A role that the registry gives itself, the organization's admins aside, wins over the organization's, downwards too.
    ['organization member', 'registry', forRole('restricted_viewer')],
    ['team viewer', 'registry', forRole('admin')],
    ['stranger', 'registry', forStranger],
    ['organization admin', 'restricted registry', forRole('admin')],
    ['organization member', 'restricted registry', forStranger],
    // By the team's role in the registry.
    ['team member', 'restricted registry', forRole('member')],
  ];
  describe.each(cases)('%s in %s', (who, place, expected) => {
    test.each(permissions)('%s', async (permission) => {
      expect(await verdict(who, place, permission)).toBe(expected(permission));
    });
  });

  test('nobody is asked to sign in', async () => {
    const asked = requirePermission(db, { kind: 'anonymous' }, 'see', places.get('team')!);
    await expect(asked).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('a role that is taken away is gone at the next question', async () => {
    await putMember(db, places.get('team')!.id, userIdOf('team member'), 'viewer', 0);
    expect(await verdict('team member', 'team', 'automations:write')).toBe('forbidden');
  });
});

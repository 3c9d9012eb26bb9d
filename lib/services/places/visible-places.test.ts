import { expect, test } from 'vitest';
import { findEntityByName } from '#lib/store/entities.ts';
import { putMember } from '#lib/store/memberships.ts';
import { insertProject } from '#lib/store/projects.ts';
import { putRegistryMember } from '#lib/store/registry-members.ts';
import { describeStores } from '#lib/store/testing.ts';
import { handSetClock, makeUser, setUpAcme, testPlatform } from '../testing.ts';
import { listVisiblePlaces } from './visible-places.ts';

const MANY = 1001;

describeStores('what one sees of many registries', (makeStore) => {
  test('a registry that is closed stays closed however many come before it, and one that gives a role gives it', async () => {
    const platform = testPlatform(await makeStore(), handSetClock());
    const { db } = platform;
    await setUpAcme(platform);
    const owner = (await findEntityByName(db, 'Acme-org'))!;
    const ana = await makeUser(platform, 'ana');
    const { userId } = ana.actor as { userId: number };
    await putMember(db, owner.id, userId, 'viewer', 0);
    const make = (name: string, visibility: 'organization' | 'restricted') =>
      insertProject(
        db,
        {
          entityId: owner.id,
          kind: 'registry',
          name: `wandb-registry-${name}`,
          description: '',
          visibility,
          artifactTypes: null,
          createdById: null,
        },
        0,
      );
    for (let index = 0; index < MANY; index++) await make(`r${index}`, 'organization');
    const closed = await make('zz-closed', 'restricted');
    const own = await make('zz-own', 'restricted');
    const personal = (await findEntityByName(db, 'ana'))!;
    await putRegistryMember(db, { entityId: owner.id, projectId: own.id }, personal.id, 'admin', 0);

    const visible = await listVisiblePlaces(ana);
    expect(visible.hiddenProjectIds).toEqual([closed.id]);
    expect(visible.roleAt(owner.id, closed.id)).toBeNull();
    expect(visible.roleAt(owner.id, own.id)).toBe('admin');
    expect(visible.roleAt(owner.id, own.id - MANY)).toBe('viewer');
  });
});

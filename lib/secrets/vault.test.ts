import { expect, test } from 'vitest';
import { dataKeyStore } from '#lib/store/data-keys.ts';
import { describeStores } from '#lib/store/testing.ts';
import { open, seal } from './seal.ts';
import { createVault } from './vault.ts';

const [OLD, NEW, OTHER] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];

test('a sealed value opens only with its key, under its label, unchanged', () => {
  const sealed = seal(OLD, 'team:token', Buffer.from('hidden'));
  expect(open(OLD, 'team:token', sealed).toString()).toBe('hidden');
  expect(() => open(NEW, 'team:token', sealed)).toThrow();
  expect(() => open(OLD, 'other:token', sealed)).toThrow();
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  for (const at of [0, 14, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(() => open(OLD, 'team:token', `v1.${changed.toString('base64url')}`)).toThrow();
  }
  expect(seal(OLD, 'team:token', Buffer.from('hidden'))).not.toBe(sealed);
});

describeStores('the vault', (makeStore) => {
  test('a value of one entity does not open as another’s', async () => {
    const { db } = await makeStore();
    const vault = createVault({ current: OLD, previous: [] }, dataKeyStore);
    const sealed = await vault.seal(db, 7, 'secret:1', 'hidden');
    await vault.seal(db, 8, 'secret:1', 'other');
    expect(await vault.open(db, 7, 'secret:1', sealed)).toBe('hidden');
    await expect(vault.open(db, 8, 'secret:1', sealed)).rejects.toThrow();
    await expect(vault.open(db, 7, 'secret:2', sealed)).rejects.toThrow();
  });

  test('the instance key is rotated while values stay as they are, in steps, and then the old key is not needed', async () => {
    const { db } = await makeStore();
    const before = createVault({ current: OLD, previous: [] }, dataKeyStore);
    const sealed = await before.seal(db, 7, 'secret:1', 'hidden');
    await before.seal(db, 8, 'secret:1', 'other');

    const during = createVault({ current: NEW, previous: [OTHER, OLD] }, dataKeyStore);
    expect(await during.open(db, 7, 'secret:1', sealed)).toBe('hidden');
    expect(await during.rewrap(db, 1)).toEqual({ rewrapped: 1, left: 1 });
    expect(await during.rewrap(db, 10)).toEqual({ rewrapped: 1, left: 0 });
    expect(await during.rewrap(db, 10)).toEqual({ rewrapped: 0, left: 0 });

    const after = createVault({ current: NEW, previous: [] }, dataKeyStore);
    expect(await after.open(db, 7, 'secret:1', sealed)).toBe('hidden');
    await expect(createVault({ current: OLD, previous: [] }, dataKeyStore).open(db, 7, 'secret:1', sealed)).rejects.toThrow();
  });

  test('of several processes restarted twice, each opens what another closed, whoever wrapped last', async () => {
    const { db } = await makeStore();
    const notYet = createVault({ current: OLD, previous: [NEW] }, dataKeyStore);
    const already = createVault({ current: NEW, previous: [OLD] }, dataKeyStore);
    const one = await notYet.seal(db, 7, 'a', 'one');
    await already.rewrap(db, 10);
    const two = await notYet.seal(db, 7, 'b', 'two');
    expect(await already.open(db, 7, 'b', two)).toBe('two');
    await notYet.rewrap(db, 10); // the other way: it does not know better
    const three = await already.seal(db, 8, 'a', 'three');
    expect(await notYet.open(db, 8, 'a', three)).toBe('three');
    await already.rewrap(db, 10);
    const after = createVault({ current: NEW, previous: [] }, dataKeyStore);
    expect(await Promise.all([after.open(db, 7, 'a', one), after.open(db, 7, 'b', two), after.open(db, 8, 'a', three)])).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  test('two who seal the first value at the same time agree on one data key', async () => {
    const { db } = await makeStore();
    const vault = () => createVault({ current: OLD, previous: [] }, dataKeyStore);
    const sealed = await Promise.all([vault().seal(db, 7, 'a', 'one'), vault().seal(db, 7, 'b', 'two')]);
    expect(await vault().open(db, 7, 'a', sealed[0])).toBe('one');
    expect(await vault().open(db, 7, 'b', sealed[1])).toBe('two');
  });
});

import { expect, test } from 'vitest';
import type { DueTarget } from '#lib/store/executions.ts';
import { describeStores } from '#lib/store/testing.ts';
import { Peers } from './peers.ts';

describeStores('a process that stops', (makeStore) => {
  test('tells the others first what it has just queued, and nothing after', async () => {
    const store = await makeStore();
    if (store.kind === 'sqlite') return; // one process alone
    const woken: DueTarget[] = [];
    const faults: unknown[] = [];
    const peer = (name: string) => {
      const news = { onWake: (target: DueTarget) => void woken.push(target), onChanged: () => {} };
      return new Peers(store, name, news, (error) => void faults.push(error));
    };
    const [stopping, other] = [peer('worker-1'), peer('worker-2')];
    await other.open();
    const target = { entityId: 1, targetId: 2, targetEntityId: 1 };
    stopping.tellQueued(target);
    await stopping.close();
    stopping.tellQueued({ ...target, targetId: 3 });
    await expect.poll(() => woken).toEqual([target]);
    await other.close();
    expect(faults).toEqual([]);
  });
});

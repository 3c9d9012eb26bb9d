import { expect, test } from 'vitest';
import { METRIC_EVENTS } from '#lib/domain/event-types.ts';
import { type CandidateCache, findCandidates } from '#lib/store/candidates.ts';
import { findPlace } from '#lib/store/projects.ts';
import { describeStores } from '#lib/store/testing.ts';
import { makeWorld } from './testing.ts';
import { Watchers } from './watchers.ts';

const MORE_THAN_ARE_KEPT = 20_001;

describeStores('watchers', (makeStore) => {
  test('what watches a place is found also when the memory of parsed automations overflows', async () => {
    const { db, team, automate } = await makeWorld(await makeStore());
    const { artifactTypes: _, ...place } = (await findPlace(db, team.id, 'vision'))!;
    const known = await automate('artifact.created');
    const parsed: CandidateCache = new Map();
    const [candidate] = await findCandidates(db, parsed, place, ['artifact.created']);
    for (let id = -1; parsed.size < MORE_THAN_ARE_KEPT; id--) parsed.set(id, { version: 1, candidate: candidate! });

    const fresh = await automate('artifact.created');
    const found = await new Watchers(db, parsed).find(place, ['artifact.created']);
    expect(found.map(({ automation }) => automation.id)).toEqual([known.id, fresh.id]);
  });

  test('rules are found among more metrics than a statement takes parameters', async () => {
    const { db, team, automate } = await makeWorld(await makeStore());
    const { artifactTypes: _, ...place } = (await findPlace(db, team.id, 'vision'))!;
    const above = { aggregate: 'none' as const, window: 1, is: 'above' as const, threshold: 0 };
    const rule = await automate('run.metric_threshold', { filter: { metric: { name: 'm69999', ...above } } });
    await automate('run.metric_threshold', { filter: { metric: { name: 'other', ...above } } });
    const metrics = Array.from({ length: 70_000 }, (_, i) => `m${i}`);
    const found = await new Watchers(db, new Map()).find(place, METRIC_EVENTS, metrics);
    expect(found.map(({ automation }) => automation.id)).toEqual([rule.id]);
  });
});

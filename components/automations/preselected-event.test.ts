import { expect, test } from 'vitest';
import type { RecentMatches } from '#lib/contracts/automations.ts';
import { preselectedEvent, SAMPLE } from './preselected-event.ts';

const recent = (...kinds: ('fire' | 'skip')[]) =>
  kinds.map((kind, index) => ({ event: { id: `evt_${index}` }, decision: { kind, clauses: [] } })) as unknown as RecentMatches['events'];

test('a manual run begins with the newest event that meets the conditions', () => {
  expect(preselectedEvent(recent('skip', 'fire', 'fire'))).toBe('evt_1');
});

test('an event that does not meet the conditions is never chosen by itself', () => {
  expect(preselectedEvent(recent('skip', 'skip'))).toBeUndefined();
});

test('the sample is chosen where nothing has happened, and nothing while that is not known', () => {
  expect(preselectedEvent([])).toBe(SAMPLE);
  expect(preselectedEvent(undefined)).toBeUndefined();
});

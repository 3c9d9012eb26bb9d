import { expect, test } from 'vitest';
import type { Decision } from './decision.ts';
import { accountFor, bestAccount, decidingText, type KnownOfEvent } from './explain.ts';

const clause = (name: 'event' | 'scope' | 'alias' | 'limit' | 'enabled', holds: boolean, text: string) => ({ clause: name, holds, text });
const matched: Decision = {
  kind: 'fire',
  clauses: [clause('event', true, 'An alias is added'), clause('alias', true, 'Alias production matches')],
};
const missed: Decision = {
  kind: 'skip',
  because: 'filter_did_not_match',
  clauses: [clause('event', true, 'An alias is added'), clause('alias', false, 'Alias staging does not match')],
};
const tooSoon: Decision = { kind: 'skip', because: 'fired_within_24_hours', clauses: [clause('limit', false, 'Fired 2 h ago')] };
const off: Decision = { kind: 'skip', because: 'disabled', clauses: [clause('enabled', false, 'The automation is disabled')] };

const known = (more: Partial<KnownOfEvent>): KnownOfEvent => ({
  automation: { enabled: true, updatedAt: 0 },
  armedAt: 0,
  receivedAt: 1000,
  execution: null,
  kept: null,
  judged: missed,
  ...more,
});

test.each<[string, Partial<KnownOfEvent>, string, string, 'recorded' | 'judged_again']>([
  [
    'an execution says that it fired, with the decision of then',
    { execution: { status: 'failed', reason: 'answered 503', decision: matched }, judged: missed },
    'fired',
    'Alias production matches',
    'recorded',
  ],
  [
    'a skipped execution says why it was skipped',
    { execution: { status: 'skipped', reason: 'Fired 3 s ago, less than the cooldown', decision: missed } },
    'skipped',
    'Fired 3 s ago, less than the cooldown',
    'recorded',
  ],
  [
    'a decision that was kept counts before one that is made again',
    { kept: missed, judged: matched },
    'did_not_match',
    'Alias staging does not match',
    'recorded',
  ],
  ['a match within the 24 hours was held back', { kept: tooSoon }, 'held_back', 'Fired 2 h ago', 'recorded'],
  ['without a record it is judged again', {}, 'did_not_match', 'Alias staging does not match', 'judged_again'],
  [
    'what was changed since may match now',
    { judged: matched, automation: { enabled: true, updatedAt: 2000 } },
    'would_match',
    'It was changed after this happened: as it is now, it would match',
    'judged_again',
  ],
  [
    'a match whose execution was pruned says so',
    { judged: matched },
    'would_match',
    'It matches, and no execution of it is kept any more',
    'judged_again',
  ],
  [
    'what was enabled afterwards did not listen',
    { armedAt: 61_000, judged: matched },
    'not_listening',
    'It was made or enabled 1 min after this happened',
    'judged_again',
  ],
  [
    'what is disabled now does not listen',
    { automation: { enabled: false, updatedAt: 0 }, armedAt: 5000, judged: off },
    'not_listening',
    'The automation is disabled',
    'judged_again',
  ],
])('%s', (_, given, outcome, reason, source) => {
  expect(accountFor(known(given))).toMatchObject({ outcome, reason, source });
});

test('what was enabled afterwards still shows which conditions held', () => {
  const { decision } = accountFor(known({ armedAt: 61_000, judged: matched }));
  expect(decision.clauses.map(({ clause: name, holds }) => [name, holds])).toEqual([
    ['enabled', false],
    ['event', true],
    ['alias', true],
  ]);
});

test('of several accounts the best outcome stands for all, told by the newest of them', () => {
  const accounts = [
    { outcome: 'did_not_match' as const, at: 3 },
    { outcome: 'held_back' as const, at: 2 },
    { outcome: 'held_back' as const, at: 1 },
    { outcome: 'not_listening' as const, at: 0 },
  ];
  expect(bestAccount(accounts)).toEqual({ outcome: 'held_back', at: 2 });
  expect(bestAccount([])).toBeUndefined();
});

test('a decision without a telling clause still says something', () => {
  expect(decidingText({ clauses: [] })).toBe('Every condition held');
});

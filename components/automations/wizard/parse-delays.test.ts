import { expect, test } from 'vitest';
import { parseDelays } from './parse-delays.ts';

test('waits are read with their units', () => {
  expect(parseDelays('5 s, 5min, 2 h, 1d, 30')).toEqual([5, 300, 7200, 86_400, 30]);
  expect(parseDelays(' ')).toEqual([]);
});

test('what is no time is named', () => {
  expect(parseDelays('5 s, soon')).toMatch(/“soon” is no time/);
  expect(parseDelays('-5 s')).toMatch(/is no time/);
  expect(parseDelays('5 weeks')).toMatch(/is no time/);
});

import { expect, test } from 'vitest';
import { standingRefusal } from './standing-refusal.ts';

const error = new Error('Line 1: There is no variable or secret named nope.');
const sent = { automation: { action: { payload: '{"a": "${nope}"}' } } };

test('a test’s refusal stands while the payload is as it was', () => {
  expect(standingRefusal({ error, variables: sent }, structuredClone(sent))).toBe(error);
});

test('a refusal is gone as soon as something else would be sent', () => {
  expect(standingRefusal({ error, variables: sent }, { automation: { action: { payload: '{}' } } })).toBeNull();
});

import { expect, test } from 'vitest';
import { findUnstorable, mayHoldUnstorable, toStorable, withStorableTexts } from './storable-text.ts';

const BAD = ['x\0y', '\ud800', 'a\udc00b'];

test('NUL and halves of surrogate pairs are found where they stand, in values and keys', () => {
  for (const text of BAD) {
    expect(findUnstorable({ a: [1, { b: text }] })).toEqual(['a', 1, 'b']);
    expect(findUnstorable([{ [text]: null }])).toEqual([0, text]);
    expect(mayHoldUnstorable(JSON.stringify({ b: text }))).toBe(true);
  }
  expect(findUnstorable({ emoji: '😀', text: 'ü\r\n\u2028', list: [null, true, 0.5] })).toBeNull();
});

test('what cannot be stored becomes the replacement character, the rest stays', () => {
  expect(BAD.map(toStorable)).toEqual(['x\uFFFDy', '\uFFFD', 'a\uFFFDb']);
  expect(withStorableTexts({ 'k\0': ['\0', 1, null, { ok: '😀' }] })).toEqual({ 'k\uFFFD': ['\uFFFD', 1, null, { ok: '😀' }] });
});

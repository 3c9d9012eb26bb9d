import { expect, test } from 'vitest';
import { placeTip } from './place-tip.ts';

const screen = { width: 1000, height: 600 };
const tip = { width: 100, height: 30 };
const anchorAt = (left: number, top: number) => ({ left, top, width: 40, height: 20 });

test('a tip stands in the middle above its anchor', () => {
  expect(placeTip(anchorAt(500, 300), tip, screen, 'top')).toEqual({ left: 470, top: 264 });
});

test('a tip without room above stands below', () => {
  expect(placeTip(anchorAt(500, 20), tip, screen, 'top')).toEqual({ left: 470, top: 46 });
});

test('a tip without room on either side stays on the side asked for', () => {
  expect(placeTip(anchorAt(500, 20), { width: 100, height: 590 }, screen, 'top').top).toBe(8);
});

test('a tip never leaves the screen', () => {
  expect(placeTip(anchorAt(0, 300), tip, screen, 'bottom').left).toBe(8);
  expect(placeTip(anchorAt(960, 300), tip, screen, 'bottom').left).toBe(892);
});

test('a tip beside its anchor turns to the other side at the edge', () => {
  expect(placeTip(anchorAt(500, 300), tip, screen, 'right')).toEqual({ left: 546, top: 295 });
  expect(placeTip(anchorAt(950, 300), tip, screen, 'right')).toEqual({ left: 844, top: 295 });
});

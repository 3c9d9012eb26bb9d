import { expect, test } from 'vitest';
import { missedMs } from './up-time.ts';

test('only the part of an outage inside the span counts', () => {
  const outages = [{ from: 100, to: 200 }];
  expect(missedMs(outages, 0, 300)).toBe(100);
  expect(missedMs(outages, 150, 300)).toBe(50);
  expect(missedMs(outages, 0, 120)).toBe(20);
  expect(missedMs(outages, 200, 300)).toBe(0);
});

test('an outage that two processes noted counts once', () => {
  const outages = [
    { from: 100, to: 210 },
    { from: 100, to: 200 },
  ];
  expect(missedMs(outages, 0, 300)).toBe(110);
});

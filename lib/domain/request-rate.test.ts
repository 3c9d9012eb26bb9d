import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateRoom, type SentLately, withSent } from './request-rate.ts';

test('what went a minute ago no longer counts', () => {
  const sent = withSent([], 3, 10_000);
  expect(rateRoom(sent, 5, 20_000)).toEqual({ room: 2, freeAt: 20_000 });
  expect(rateRoom(sent, 3, 20_000)).toEqual({ room: 0, freeAt: 70_000 });
  expect(rateRoom(sent, 3, 70_000).room).toBe(3);
});

test('a lowered limit waits until enough of the old requests no longer count', () => {
  const sent = withSent(withSent([], 4, 0), 4, 30_000);
  expect(rateRoom(sent, 2, 40_000)).toEqual({ room: 0, freeAt: 90_000 });
});

test('however requests come, no 60 seconds hold more than the limit, and waiting until freeAt always helps', () => {
  const arrivals = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 25_000 }), wanted: fc.integer({ min: 1, max: 8 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), arrivals, (perMinute, steps) => {
      let sent: SentLately = [];
      let nowMs = 1_000_000;
      const went: number[] = [];
      for (const { pause, wanted } of steps) {
        nowMs += pause;
        const { room, freeAt } = rateRoom(sent, perMinute, nowMs);
        if (room === 0) expect(rateRoom(sent, perMinute, freeAt).room).toBeGreaterThan(0);
        const count = Math.min(room, wanted);
        if (count > 0) sent = withSent(sent, count, nowMs);
        for (let i = 0; i < count; i++) went.push(nowMs);
        expect(went.filter((at) => at > nowMs - 60_000).length).toBeLessThanOrEqual(perMinute);
        expect(sent.length).toBeLessThanOrEqual(61);
      }
    }),
  );
});

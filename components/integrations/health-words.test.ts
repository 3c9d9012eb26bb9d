import { expect, test } from 'vitest';
import { percentText, stepWords } from './health-words.ts';

test('a rate just under the whole never reads as the whole', () => {
  expect([1, 0.99999, 0.994, 0.5, 0.0001, 0].map(percentText)).toEqual(['100 %', '99.9 %', '99.4 %', '50.0 %', '0.1 %', '0 %']);
});

test('a step is told in words', () => {
  const latency = { p50: 12, p95: 340, p99: 900 };
  expect(stepWords({ at: 0, delivered: 0, failed: [], latency: null })).toBe('nothing sent');
  expect(
    stepWords({
      at: 0,
      delivered: 1200,
      failed: [
        { cause: 'timed_out', count: 2 },
        { cause: 'tls', count: 1 },
      ],
      latency,
    }),
  ).toBe('1,200 delivered, 3 failed: 2 timed out, 1 TLS failed; median 12 ms, 95 % within 340 ms');
});

import { expect, test } from 'vitest';
import { watchHosts } from './foreign-hosts.ts';
import { createLog } from './log.ts';

const HOUR_MS = 3_600_000;

test('another host than the public one is logged once an hour and remembered as long', () => {
  let nowMs = 0;
  const lines: string[] = [];
  const hosts = watchHosts('https://hookline.test', () => nowMs, createLog('info', { write: (line: string) => lines.push(line) }));
  hosts.note('hookline.test');
  hosts.note('10.0.0.5:3000');
  hosts.note('10.0.0.5:3000');
  expect([hosts.recent(), lines.length]).toEqual([['10.0.0.5:3000'], 1]);
  nowMs = HOUR_MS + 1;
  expect(hosts.recent()).toEqual([]);
  hosts.note('10.0.0.5:3000');
  expect([hosts.recent(), lines.length]).toEqual([['10.0.0.5:3000'], 2]);
});

test('made-up hosts fill neither memory nor log without end', () => {
  const hosts = watchHosts('https://hookline.test', () => 0, createLog('silent'));
  for (let made = 0; made < 1000; made++) hosts.note(`h${made}.test`);
  expect(hosts.recent()).toHaveLength(10);
});

import { expect, test } from 'vitest';
import { createFaultLog } from './fault-log.ts';
import { createLog } from './log.ts';

test('a database that is away is one line in ten seconds; a bug is always told, with its execution', () => {
  const lines: { level: number; msg: string; executionId?: string }[] = [];
  let nowMs = 0;
  const note = createFaultLog(createLog('info', { write: (line: string) => lines.push(JSON.parse(line)) }), () => nowMs);
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  for (nowMs = 0; nowMs < 20_000; nowMs += 500) note(away, 'exe_1');
  note(new Error('a bug'), 'exe_2');
  expect(lines.map(({ msg, executionId }) => [msg, executionId])).toEqual([
    ['the database cannot be reached or written; what is due waits', undefined],
    ['the database cannot be reached or written; what is due waits', undefined],
    ['the engine met a bug', 'exe_2'],
  ]);
});

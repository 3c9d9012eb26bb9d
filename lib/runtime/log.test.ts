import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('what is secret by its name is hidden at any of the places where it is logged', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(line) });
  log.info(
    { password: 'p-1', request: { headers: { authorization: 'p-2', cookie: 'p-3' } }, webhook: { secret: 'p-4' }, requestId: 'r' },
    'said',
  );
  expect(lines.join()).not.toMatch(/p-\d/);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', requestId: 'r', msg: 'said' });
});

test('what an error carries is hidden in the same way', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(line) });
  log.error({ err: Object.assign(new Error('refused'), { token: 'p-5', response: { headers: { authorization: 'p-6' } } }) }, 'failed');
  expect(lines.join()).not.toMatch(/p-\d/);
  expect(JSON.parse(lines[0]!).err).toMatchObject({ type: 'Error', message: 'refused' });
});

test('a line below the level is not written', () => {
  const lines: string[] = [];
  createLog('warn', { write: (line: string) => lines.push(line) }).info('quiet');
  expect(lines).toEqual([]);
});

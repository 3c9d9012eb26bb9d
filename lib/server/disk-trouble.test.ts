import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { diskTrouble } from './disk-trouble.ts';

test('a disk without room is trouble, one with room is none', async () => {
  expect(await diskTrouble(tmpdir(), 0)).toBeNull();
  expect(await diskTrouble(tmpdir(), Number.MAX_SAFE_INTEGER)).toBe('The disk that holds HOOKLINE_DATA_DIR is full.');
});

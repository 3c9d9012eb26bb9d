import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each(['/', '/vision/detector/runs?page=2#top', '/a%2F%2Fb', '/invite/x', '/x?next=//evil.example'])('%j is ours', (given) => {
  expect(ownPath(given)).toBe(given);
});

test.each([
  undefined,
  '',
  'vision',
  'https://evil.example/',
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e%2e//evil.example',
  ['/', '//evil.example'],
])('%j leads home', (given) => {
  expect(ownPath(given)).toBe('/');
});

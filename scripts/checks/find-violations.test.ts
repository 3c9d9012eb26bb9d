import { expect, test } from 'vitest';
import { findViolations } from './find-violations.ts';
import type { Imports } from './import-graph.ts';

function graph(files: Record<string, string[]>) {
  return new Map(
    Object.entries(files).map(([file, names]): [string, Imports] => [
      file,
      {
        files: names.filter((name) => name.includes('/')),
        loaded: names.filter((name) => name.includes('/')),
        packages: names.filter((name) => !name.includes('/') && !name.startsWith('node:')),
        builtins: names.filter((name) => name.startsWith('node:')).map((name) => name.slice(5)),
        unresolved: [],
      },
    ]),
  );
}

test.each([
  ['the domain imports nothing of ours', { 'lib/domain/decide.ts': ['lib/store/connect.ts'] }, 'lib/domain may import nothing of ours'],
  ['the domain uses no Node built-in', { 'lib/domain/decide.ts': ['node:crypto'] }, 'it must run in a browser'],
  ['pages reach no store', { 'app/page.tsx': ['lib/store/connect.ts'] }, 'app may import'],
  ['services open no socket', { 'lib/services/a.ts': ['node:net'] }, 'only lib/delivery'],
  ['only delivery uses undici', { 'lib/engine/a.ts': ['undici'] }, 'only lib/delivery'],
  ['no cycles', { 'lib/domain/a.ts': ['lib/domain/b.ts'], 'lib/domain/b.ts': ['lib/domain/a.ts'] }, 'a cycle'],
  ['a new folder must be named in the table', { 'lib/misc/a.ts': [] }, 'does not know'],
  ['primitives know nothing of the product', { 'components/ui/button.tsx': ['lib/client/http.ts'] }, 'components/ui may import nothing'],
])('%s', (_, files, sentence) => {
  expect(findViolations(graph(files as unknown as Record<string, string[]>)).join('\n')).toContain(sentence);
});

test('what the table allows is no violation, and tests are free', () => {
  const files = {
    'lib/services/a.ts': ['lib/store/b.ts', 'lib/errors.ts', 'node:crypto'],
    'lib/store/b.ts': ['lib/domain/c.ts', 'kysely'],
    'lib/domain/c.test.ts': ['lib/store/b.ts', 'node:fs'],
    'lib/server/main.ts': ['lib/services/a.ts', 'node:http'],
  };
  expect(findViolations(graph(files))).toEqual([]);
});

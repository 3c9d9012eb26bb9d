import { expect, test } from 'vitest';
import { matchesQuery, splitByMatch } from './highlighted.tsx';

const marked = (text: string, query: string) =>
  splitByMatch(text, query)
    .map((part) => (part.match ? `[${part.text}]` : part.text))
    .join('');

test.each([
  ['Deploy detector', 'dep', '[Dep]loy detector'],
  ['Deploy detector', 'dep tec', '[Dep]loy de[tec]tor'],
  ['a.b(c', '.b(', 'a[.b(]c'],
  ['Deploy', '', 'Deploy'],
])('in "%s" the query "%s" marks "%s"', (text, query, result) => expect(marked(text, query)).toBe(result));

test('all words must occur, in any field', () => {
  const item = { label: 'Create automation', hint: 'in vision', keywords: ['new'] };
  expect(matchesQuery(item, 'vision create')).toBe(true);
  expect(matchesQuery(item, 'NEW')).toBe(true);
  expect(matchesQuery(item, 'vision delete')).toBe(false);
  expect(matchesQuery(item, '')).toBe(true);
});

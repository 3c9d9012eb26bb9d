import { expect, test } from 'vitest';
import { highlight, prettyJson } from './highlight.ts';

const kinds = (source: string) =>
  highlight(source, 'json').flatMap((line) => line.filter((token) => token.text.trim()).map((token) => `${token.kind} ${token.text}`));

test('keys, values and punctuation of JSON', () => {
  expect(kinds('{"a": [1.5e3, true, "x:y"]}')).toEqual([
    'punct {',
    'key "a"',
    'punct :',
    'punct [',
    'number 1.5e3',
    'punct ,',
    'keyword true',
    'punct ,',
    'string "x:y"',
    'punct ]',
    'punct }',
  ]);
});

test('variables are found inside strings and bare', () => {
  expect(kinds('{"run": "id ${run_id}", "v": ${value}}')).toContain('variable ${run_id}');
  expect(kinds('{"run": "id ${run_id}", "v": ${value}}')).toContain('variable ${value}');
});

test('a literal written as $${ is no variable', () => {
  expect(kinds('{"a": "$${x} ${run_id}"}').filter((token) => token.startsWith('variable'))).toEqual(['variable ${run_id}']);
});

test('what was rendered holds no variables, and shows its masks', () => {
  const tokens = highlight('{"a": "${x} •••"}', 'json', { rendered: true }).flat();
  expect(tokens.map(({ kind }) => kind)).not.toContain('variable');
  expect(tokens).toContainEqual({ kind: 'mask', text: '•••' });
});

test('nothing is lost, whatever the text is', () => {
  const sources = ['{"open": "no end', 'not json • ••• at all', '', '\n\n', '"\\"', '${', 'a # b "c'];
  for (const source of sources) {
    for (const language of ['json', 'bash', 'python', 'javascript', 'yaml', 'text'] as const) {
      const text = highlight(source, language)
        .map((line) => line.map((token) => token.text).join(''))
        .join('\n');
      expect(text).toBe(source);
    }
  }
});

test('prettyJson leaves what is not JSON alone', () => {
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyJson('<html>')).toBe('<html>');
});

import { expect, test } from 'vitest';
import { formatTemplate } from './format-template.ts';

test('a template is indented and its placeholders stay as typed, inside strings and bare', () => {
  expect(formatTemplate('{"a":"${run_name} done","b":${metric_value},"c":[${summary}]}')).toBe(
    '{\n  "a": "${run_name} done",\n  "b": ${metric_value},\n  "c": [\n    ${summary}\n  ]\n}',
  );
});

test('a literal $${ stays escaped', () => {
  expect(formatTemplate('{"a":"$${run_name}"}')).toBe('{\n  "a": "$${run_name}"\n}');
});

test('what is not JSON around its placeholders is left alone', () => {
  expect(formatTemplate('{"a": ${run_name}')).toBeNull();
  expect(formatTemplate('')).toBeNull();
});

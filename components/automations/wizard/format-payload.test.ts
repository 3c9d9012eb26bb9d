import { expect, test } from 'vitest';
import { formatPayload } from './format-payload.ts';

test('a payload is laid out with its placeholders where they stand', () => {
  expect(formatPayload('{"a":{"run":"${run_name} {x}, [1]"},"v":${metric_value},"n":[1,{}],"e":[]}')).toBe(
    `{
  "a": {
    "run": "\${run_name} {x}, [1]"
  },
  "v": \${metric_value},
  "n": [
    1,
    {}
  ],
  "e": []
}`,
  );
});

test('formatting twice changes nothing, and numbers stay as typed', () => {
  const once = formatPayload('{ "big": 12345678901234567890, "f": 1.0 }')!;
  expect(once).toContain('12345678901234567890');
  expect(once).toContain('1.0');
  expect(formatPayload(once)).toBe(once);
});

test('text whose brackets do not match is left alone', () => {
  expect(formatPayload('{"a": [1}')).toBeNull();
  expect(formatPayload('{"a": 1')).toBeNull();
});

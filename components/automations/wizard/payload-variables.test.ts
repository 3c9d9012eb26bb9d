import { expect, test } from 'vitest';
import { placeholdersIn } from './payload-variables.ts';

test('a literal written as $${ is not marked as a variable', () => {
  expect(placeholdersIn('{"a": "$${x} ${run_name}", "b": ${metric_value}}').map(({ name }) => name)).toEqual(['run_name', 'metric_value']);
});

import { expect, test } from 'vitest';
import { eventTypeOf } from './event-types.ts';
import { Filter } from './filter.ts';
import { runName } from './run-names.ts';
import { sampleFor } from './sample-event.ts';
import { isFilledBy, isVariableName, valuesFor } from './template-variables.ts';
import { namesIn, renderText } from './text-template.ts';
import { USE_CASES } from './use-cases.ts';

test('every starting point uses only conditions and variables that its event has', () => {
  for (const { start, message, action, preset } of USE_CASES) {
    const allowed: readonly string[] = eventTypeOf(start.on).filterKeys;
    expect(Object.keys(start.filter ?? {}).filter((key) => !allowed.includes(key))).toEqual([]);
    Filter.parse(start.filter);
    for (const name of namesIn(`${message?.title}${message?.text}`))
      expect(isVariableName(name) && isFilledBy(name, start.on), name).toBe(true);
    expect(action === 'slack' ? message : preset).toBeDefined();
  }
});

test('three of them greet an empty list', () => {
  expect(USE_CASES.filter(({ featured }) => featured).map(({ id }) => id)).toEqual(['loss-nan', 'deploy-on-alias', 'failed-runs']);
});

test('texts take values once, escaped, and "$${" for a literal', () => {
  const { event } = sampleFor('run.state');
  const values = valuesFor({ ...event, author: '<!channel> ${run_name}' } as typeof event, {
    automation: { id: 1, name: 'n', on: 'run.state', filter: {} },
    executionId: 'exe_1',
    publicUrl: 'https://hl',
  });
  const toSafe = (value: string) => value.replaceAll('<', '&lt;');
  expect(renderText('${event_author} "\\${run_name}" $${x} ${alias}${constructor}.', values, toSafe)).toBe(
    '&lt;!channel> ${run_name} "\\swift-fox-12" ${x} .',
  );
});

test('run names are the same for the same seed and differ for neighbours', () => {
  expect(runName(7, 12)).toBe(runName(7, 12));
  expect(runName(7, 12)).toMatch(/^[a-z]+-[a-z]+-12$/);
  expect(new Set(Array.from({ length: 1000 }, (_, seed) => runName(seed, 1))).size).toBeGreaterThan(850);
  for (const seed of [-1, 0, 2 ** 31, 2 ** 53 - 1]) expect(runName(seed, 1)).toMatch(/^[a-z]+-[a-z]+-1$/);
});

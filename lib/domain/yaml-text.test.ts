import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonValue } from './json.ts';
import { toYaml } from './yaml-text.ts';

describe('YAML written by hand', () => {
  test('any JSON value reads back as itself', () => {
    const words = fc.constantFrom(
      'yes',
      'null',
      '1',
      '1e3',
      '0x1f',
      '~',
      '- a',
      'a: b',
      '#x',
      '2026-11-21',
      '',
      ' a',
      'a ',
      'a\nb',
      'a\n\nb\n',
      'é\u2028',
      '${x}',
      "it's",
      '%a',
      '@a',
      '|',
      '...',
      '---',
      '.5',
      '.nan',
      '<<',
      '=',
      '1_000',
      '12:30',
    );
    const text = fc.oneof(
      words,
      fc.string(),
      fc.array(words).map((list) => list.join('\n')),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 5 }),
      map: fc.dictionary(
        text.filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 5 },
      ),
    })).value;
    fc.assert(
      fc.property(value, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as JsonValue;
        expect(parse(toYaml(plain))).toEqual(plain);
      }),
      { numRuns: 1500 },
    );
  });

  test('documents read as people write them', () => {
    expect(
      toYaml({
        name: 'Deploy on production',
        scope: { registry: 'model' },
        on: 'artifact.alias_added',
        list: [0, 5],
        steps: [{ a: 1, b: [] }],
        text: '{\n  "a": 1\n}\n',
      }),
    ).toBe(
      [
        'name: Deploy on production',
        'scope:',
        '  registry: model',
        'on: artifact.alias_added',
        'list: [0, 5]',
        'steps:',
        '  - a: 1',
        '    b: []',
        'text: |',
        '  {',
        '    "a": 1',
        '  }',
        '',
      ].join('\n'),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from './json.ts';
import { findJsonError } from './json-error.ts';
import { maskedSecrets, parseTemplate, renderTemplate, SECRET_MASK } from './template.ts';

const render = (text: string, values: Record<string, JsonValue> = {}, secrets?: (name: string) => string | undefined) =>
  renderTemplate(parseTemplate(text), values, secrets);
const bodyOf = (text: string, values: Record<string, JsonValue> = {}) => render(text, values).body;

describe('placeholders', () => {
  test('inside a string the value is JSON-escaped', () => {
    expect(bodyOf('{"run": "<${run_name}>"}', { run_name: 'a "b"\\\n\u2028' })).toBe('{"run": "<a \\"b\\"\\\\\\n\u2028>"}');
  });

  test('where a value is expected numbers, objects and lists go in as JSON', () => {
    expect(bodyOf('[${n},${o},${l},${s},${b}]', { n: 0.3, o: { a: 1 }, l: [1, 'x'], s: 'text', b: true })).toBe(
      '[0.3,{"a":1},[1,"x"],"text",true]',
    );
  });

  test('inside a string objects and numbers go in as their text', () => {
    expect(bodyOf('"${o} ${n} ${b}"', { o: { a: 'x' }, n: 1e-9, b: false })).toBe('"{\\"a\\":\\"x\\"} 1e-9 false"');
  });

  test('a non-finite number becomes a string where a value is expected, also deep inside', () => {
    expect(bodyOf('[${a},${b}]', { a: Number.NaN, b: [1, Number.NEGATIVE_INFINITY] })).toBe('["NaN",[1,"-Infinity"]]');
    expect(bodyOf('"${a}"', { a: Number.POSITIVE_INFINITY })).toBe('"Infinity"');
  });

  test('a missing value is null where a value is expected and empty inside a string', () => {
    expect(bodyOf('{"a": ${missing}, "b": "<${missing}>", "c": "<${none}>"}', { none: null })).toBe('{"a": null, "b": "<>", "c": "<>"}');
  });

  test('a literal ${ is written $${', () => {
    expect(bodyOf('"$${run_name} ${run_name} $5 $ {"', { run_name: 'r' })).toBe('"${run_name} r $5 $ {"');
  });

  test('a quote inside a value does not end the string for what follows', () => {
    expect(bodyOf('{"a": "${q}", "b": ${q}}', { q: '"' })).toBe('{"a": "\\"", "b": "\\""}');
  });

  test('dotted names read nested values; a key that spells the rest wins', () => {
    const values = { artifact_metadata: { a: { b: 1 }, 'val/acc': 2, 'x.y': 3, x: { y: 4 } } };
    expect(bodyOf('[${artifact_metadata.a.b},${artifact_metadata.val/acc},${artifact_metadata.x.y}]', values)).toBe('[1,2,3]');
  });

  test('inherited properties are never read', () => {
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'o.constructor',
      'o.__proto__.polluted',
      'l.length',
      's.length',
      'hasOwnProperty',
    ]) {
      expect(bodyOf(`[\${${name}}]`, { o: {}, l: [1], s: 'x' })).toBe('[null]');
    }
  });

  test('a backslash before a placeholder cannot let a value close the string around it', () => {
    const rendered = render('{"a": "\\${x}"}', { x: '", "admin": "' });
    expect(rendered.ok).toBe(false);
  });
});

describe('results', () => {
  test('a body that is not JSON is refused with the place in the template', () => {
    const rendered = render('{"a": "$${x}",\n "b": tru}');
    expect(rendered).toMatchObject({ ok: false, problems: [{ code: 'not_json', offset: 21, length: 3 }] });
    expect(!rendered.ok && rendered.problems[0]?.message).toBe('"tru" is not a JSON value. Put text in double quotes.');
  });

  test('a fault made by a value is laid to its placeholder', () => {
    expect(render('{${key}: 1}', { key: 5 })).toMatchObject({ ok: false, problems: [{ offset: 1, length: 6 }] });
    expect(render('{${key}: 1}', { key: 'five' })).toMatchObject({ ok: true, body: '{"five": 1}' });
  });

  test('a body over 256 KiB is refused', () => {
    expect(render('"${x}"', { x: 'é'.repeat(128 * 1024) })).toMatchObject({ ok: false, problems: [{ code: 'too_large' }] });
    expect(render('"${x}"', { x: 'é'.repeat(128 * 1024 - 1) }).ok).toBe(true);
  });

  test('a body that would be huge is not made: what is over the limit is left away', () => {
    const big = 'x'.repeat(1024 * 1024);
    const rendered = render(`[${'${x}, '.repeat(40_000)}0]`, { x: big });
    expect(rendered).toMatchObject({ ok: false, problems: [{ code: 'too_large' }] });
    expect(rendered.body).toHaveLength(256 * 1024);
    expect(rendered.bodyMasked).toHaveLength(256 * 1024);
  });

  test('an unclosed placeholder is named and left as text', () => {
    const template = parseTemplate('{"a": "${", "b": "${b}"}');
    expect(template.problems).toMatchObject([{ code: 'unclosed', offset: 7, length: 2 }]);
    expect(renderTemplate(template, { b: 1 }).body).toBe('{"a": "${", "b": "1"}');
  });

  test('names are reported once each', () => {
    expect(render('["${b}", ${a}, "${b}"]').usedNames).toEqual(['b', 'a']);
  });
});

describe('secrets', () => {
  const secrets = (name: string) => (name === 'TOKEN' ? 's3"cret' : undefined);

  test('the body holds the value and its masked twin does not', () => {
    const rendered = render('{"t": "${TOKEN}", "v": ${TOKEN}, "r": "${run_name}"}', { run_name: 'r' }, secrets);
    expect(rendered.body).toBe('{"t": "s3\\"cret", "v": "s3\\"cret", "r": "r"}');
    expect(rendered.bodyMasked).toBe(`{"t": "${SECRET_MASK}", "v": "${SECRET_MASK}", "r": "r"}`);
    expect(rendered.usedSecrets).toEqual(['TOKEN']);
  });

  test('a value from an event that spells a placeholder does not reach a secret', () => {
    expect(render('"${run_name}"', { run_name: '${TOKEN}' }, secrets).body).toBe('"${TOKEN}"');
  });

  test('an event’s value of the same name wins, so that no secret shows in its place', () => {
    expect(render('"${TOKEN}"', { TOKEN: 'mine' }, secrets)).toMatchObject({ body: '"mine"', usedSecrets: [] });
  });

  test('a preview shows where a secret would stand', () => {
    expect(render('"${TOKEN}"', {}, maskedSecrets(['TOKEN'])).body).toBe(`"${SECRET_MASK}"`);
  });

  test('a failed rendering names its fault without the secret', () => {
    const rendered = render('{${TOKEN}: 1, ${TOKEN}}', {}, secrets);
    expect(JSON.stringify(!rendered.ok && rendered.problems)).not.toContain('s3');
  });
});

describe('for every text and value', () => {
  const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  const pieces = fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '$',
    '${',
    '$${',
    '${a}',
    '${b.c}',
    '${',
    '}',
    '\n',
    'null',
    '1',
    'é',
    ' ',
  );
  const template = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''));

  test('parsing and rendering never throw, and "ok" means JSON', () => {
    fc.assert(
      fc.property(fc.oneof(template, fc.string()), fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), json), (text, values) => {
        const rendered = render(text, values, (name) => (name === 'a' ? 'secret' : undefined));
        if (rendered.ok) JSON.parse(rendered.body);
        else expect(rendered.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('a template marked as always JSON is JSON with every value', () => {
    const document = fc.json().map((text) => text.replace(/\b(?:null|true|false)\b/g, '${a}'));
    fc.assert(
      fc.property(fc.oneof(document, template), json, (text, value) => {
        const parsed = parseTemplate(text);
        if (!parsed.alwaysJson) return;
        JSON.parse(renderTemplate(parsed, { a: value, b: { c: value } }).body);
      }),
      { numRuns: 2000 },
    );
  });

  test('a value where JSON expects one arrives unchanged', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(bodyOf('{"v": ${a}}', { a: value }))).toEqual(JSON.parse(JSON.stringify({ v: value })));
      }),
    );
  });

  test('text inside a string arrives unchanged and is not searched again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), template), (value) => {
        expect(JSON.parse(bodyOf('{"v": "<${a}>"}', { a: value, b: { c: 'never' } })).v).toBe(`<${value}>`);
      }),
      { numRuns: 1000 },
    );
  });

  test('a text without "${" is its own rendering', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!text.includes('${')) expect(bodyOf(text)).toBe(text);
      }),
    );
  });

  test('the words for a fault agree with JSON.parse on whether there is one', () => {
    fc.assert(
      fc.property(fc.oneof(template, fc.json(), fc.string()), (text) => {
        let holds = true;
        try {
          JSON.parse(text);
        } catch {
          holds = false;
        }
        expect(findJsonError(text) === null).toBe(holds);
      }),
      { numRuns: 3000 },
    );
  });
});

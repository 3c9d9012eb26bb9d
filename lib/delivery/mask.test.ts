import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFinder, spellingsOf } from '../../scripts/test/find-secrets.ts';
import { createSpellingFinder } from './find-spellings.ts';
import { createMasker, MASK } from './mask.ts';

const SECRET = 'p@ss "word"/with+ü?';

test.each([
  ['plain', SECRET],
  ['JSON-escaped', JSON.stringify({ token: SECRET })],
  ['JSON-escaped to ASCII, as Python writes it', '{"token": "p@ss \\"word\\"/with+\\u00fc?"}'],
  ['JSON-escaped with slashes, as PHP writes it', '{"token":"p@ss \\"word\\"\\/with+ü?"}'],
  ['base64', Buffer.from(SECRET).toString('base64')],
  ['base64url', Buffer.from(SECRET).toString('base64url')],
  ['Basic credentials', `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`],
  ['percent-encoded', `?token=${encodeURIComponent(SECRET)}`],
  ['percent-encoded in lower case', `?token=${encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())}`],
  ['form-encoded', new URLSearchParams({ token: SECRET }).toString()],
  ['in hex', Buffer.from(SECRET).toString('hex')],
  ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['in a request that an echo service quotes', JSON.stringify({ data: JSON.stringify({ token: SECRET }) })],
  ['in a page that shows it', `<pre>${SECRET.replaceAll('"', '&quot;')}</pre>`],
])('a secret is masked where it stands %s', (_how, text) => {
  const masked = createMasker([SECRET]).text(`before ${text} after`);
  expect(masked).toContain(MASK);
  expect(masked).not.toContain('word');
  expect(masked).toMatch(/^before .* after$/);
});

test('a secret inside any base64 text is masked, wherever it begins', () => {
  const secret = 'a-secret-of-some-length';
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (before, after) => {
      const text = Buffer.concat([before, Buffer.from(secret), after]).toString('base64');
      const masked = createMasker([secret]).text(text);
      expect(masked).toContain(MASK);
      expect(Buffer.from(masked, 'base64').toString('latin1')).not.toContain('secret-of-some');
    }),
  );
});

test('a secret is masked as Go escapes it', () => {
  expect(createMasker(['a<secret>&more']).text('{"token":"a\\u003csecret\\u003e\\u0026more"}')).toBe(`{"token":"${MASK}"}`);
});

test('of two secrets where one begins the other, no tail stays', () => {
  expect(createMasker(['abcdefgh', 'abcdefgh-ijkl']).text('x abcdefgh-ijkl y abcdefgh z')).toBe(`x ${MASK} y ${MASK} z`);
});

test('of secrets that overlap in a text, nothing stays of either', () => {
  const { text } = createMasker(['abcdefgh12345678', 'xyz-abcdefgh', '12345678-tail']);
  expect(text('< xyz-abcdefgh12345678-tail >')).toBe(`< ${MASK} >`);
  expect(text('abcdefgh12345678abcdefgh12345678')).toBe(MASK + MASK);
});

test('of many secrets none is missed, wherever they stand, and nothing else is taken', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', 'ü', '"'), minLength: 8, maxLength: 14 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', ' ') })),
      (secrets, around) => {
        const given = around.flatMap((text, index) => [text, secrets[index % secrets.length]!]).join('');
        const covered = new Set<number>();
        for (const secret of secrets)
          for (let at = given.indexOf(secret); at >= 0; at = given.indexOf(secret, at + 1))
            for (let each = at; each < at + secret.length; each++) covered.add(each);
        const find = createSpellingFinder(secrets);
        const found = find(given).flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));
        expect(found).toEqual([...covered].toSorted((a, b) => a - b));
      },
    ),
  );
});

test('of a text that was cut inside a secret, its beginning is masked too', () => {
  const { cutText } = createMasker([SECRET, 'another-secret']);
  const encoded = Buffer.from(SECRET).toString('base64');
  for (const whole of [SECRET, JSON.stringify(SECRET).slice(1), encodeURIComponent(SECRET), encoded, 'another-secret']) {
    for (let kept = 4; kept < whole.length; kept++) {
      // Of base64 the last characters depend on what comes after.
      expect(cutText(`before ${whole.slice(0, kept)}`)).toMatch(new RegExp(`^before ${MASK}.{0,3}$`));
    }
  }
  expect(cutText('ends with another word')).toBe('ends with another word');
  expect(cutText(`has ${SECRET} inside`)).toBe(`has ${MASK} inside`);
  expect(cutText('')).toBe('');
});

test('nothing stays of a secret that a receiver sends back in every way there is', () => {
  const secrets = [
    'tok"en\\with/<odd>&chars=+%20',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'a<first>line of "it"\nand the & second line',
  ];
  for (const secret of secrets)
    for (const [spelling, bytes] of spellingsOf(secret)) {
      if (!isUtf8(bytes) || bytes.includes(0)) continue; // a body is text
      const masked = createMasker(secrets).text(JSON.stringify({ echo: `before ${bytes} after` }));
      expect(createFinder(secrets)(masked), `${secret}: ${spelling}`).toEqual([]);
    }
});

test('one line of a key of several lines is masked by itself', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n-----END KEY-----\n';
  expect(createMasker([key]).text('echo: MIIEvQIBADANBgkq')).toBe(`echo: ${MASK}`);
});

test('a value shorter than 8 characters is left to those who insert it', () => {
  expect(createMasker(['token', '']).text('a token')).toBe('a token');
});

test('header values are masked, names are not', () => {
  expect(createMasker(['long-secret']).headers([['X-Echo', 'Bearer long-secret']])).toEqual([['X-Echo', `Bearer ${MASK}`]]);
});

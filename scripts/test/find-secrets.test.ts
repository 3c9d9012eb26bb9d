import { describe, expect, test } from 'vitest';
import { createFinder } from './find-secrets.ts';

const SECRET = 'tok"en\\with/<odd> & ünusual?chars=1';
const find = createFinder([SECRET, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'first-line-of-a-key\nsecond-line']);
const found = (given: string | Uint8Array) => find(given).map(({ secret }) => secret);

describe('the search for secrets finds one', () => {
  test.each([
    ['as it is', `x ${SECRET} x`],
    ['in JSON', JSON.stringify({ a: SECRET })],
    ['in JSON in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([SECRET]) }) })],
    ['as the name of a field', JSON.stringify({ [SECRET]: 1 })],
    ['in JSON that was cut', JSON.stringify({ a: JSON.stringify({ b: SECRET }) }).slice(0, -3)],
    ['in a URL', `https://x.example/?q=${encodeURIComponent(SECRET)}`],
    ['in a form', new URLSearchParams({ q: SECRET }).toString()],
    ['in hex', `0x${Buffer.from(SECRET).toString('hex')}`],
    ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['in HTML', `<b>${SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</b>`],
    ['in bytes that are no text', Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(SECRET), Buffer.from([0xfe])])],
    ['in UTF-16', Buffer.from(SECRET, 'utf16le')],
    ...[0, 1, 2, 3, 4].map((before): [string, string] => [
      `in base64 behind ${before} characters`,
      Buffer.from(`${'u'.repeat(before)}${SECRET} and more`).toString('base64'),
    ]),
  ])('%s', (_, given) => expect(found(given)).toContain(SECRET));

  test('of several lines by any of them', () => {
    expect(found('… second-line …')).toHaveLength(1);
  });

  test('of a signature without its prefix, and decoded', () => {
    expect(found('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toHaveLength(1);
    expect(found(Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'))).toHaveLength(1);
  });

  test('however much stands before it', () => {
    const much = Buffer.alloc(5_000_000, 'ab tok"en');
    expect(found(Buffer.concat([much, Buffer.from(SECRET)]))).toEqual([SECRET]);
  });
});

test('the search for secrets finds none where there is none, and no value shorter than 8', () => {
  expect(found(JSON.stringify({ a: 'tok"en', b: ['whsec_', 'first-line'] }))).toEqual([]);
  expect(createFinder(['seven77'])('seven77')).toEqual([]);
});

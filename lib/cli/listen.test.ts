import { expect, test } from 'vitest';
import { standardSignatures } from '#lib/delivery/sign.ts';
import { describeRequest } from './listen.ts';

const BODY = Buffer.from('{"key1": "value1", "key2": "value2"}');
const SECRET = 'your_api_secret';
const BASE64 = '4tKqnWHayH0Vdy0mtiM/LbZ7bOGK7h+UrHO5F40Uk8U=';
const NOW = 1_800_000_000_000;

const describeWith = (headers: Record<string, string>, encoding?: 'base64' | 'hex') =>
  describeRequest({ method: 'POST', url: '/hook', headers }, BODY, { secret: SECRET, encoding, now: NOW });

test('a request with both signatures of our secret is valid twice', () => {
  const timestamp = NOW / 1000;
  const headers = {
    'x-wandb-signature': BASE64,
    'webhook-id': 'exe_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': standardSignatures([SECRET], 'exe_1', timestamp, BODY),
  };
  const text = describeWith(headers);
  expect(text).toMatch(/X-Wandb-Signature {3}valid/);
  expect(text).toMatch(/webhook-signature {3}valid/);
});

test('a wrong, a missing and a differently written signature are named', () => {
  expect(describeWith({ 'x-wandb-signature': `A${BASE64.slice(1)}` })).toContain('NOT VALID: The signature does not match');
  expect(describeWith({})).toContain('NOT VALID: The header X-Wandb-Signature is missing.');
  expect(describeWith({ 'x-wandb-signature': BASE64 }, 'hex')).toContain('NOT VALID: The signature is not written in hex.');
});

test('what would rewrite the terminal is not printed as it is', () => {
  const text = describeRequest({ method: 'POST', url: '/', headers: {} }, Buffer.from('\u001b[2J'), {
    secret: undefined,
    encoding: undefined,
    now: NOW,
  });
  expect(text).toContain('�[2J');
});

test('an access token is not printed', () => {
  const text = describeWith({ authorization: 'Bearer very-secret' });
  expect(text).toContain('authorization: Bearer ••••');
  expect(text).not.toContain('very-secret');
});

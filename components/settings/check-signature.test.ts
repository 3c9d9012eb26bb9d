import { createHmac, generateKeyPairSync, sign as signAsymmetric } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSignature } from './check-signature.ts';

const body = '{"key1": "value1", "key2": "value2"}';
const secret = 'your_api_secret';
const base64 = '4tKqnWHayH0Vdy0mtiM/LbZ7bOGK7h+UrHO5F40Uk8U=';
const input = { body, secret, header: base64, id: '', timestamp: '' };

describe('X-Wandb-Signature', () => {
  test('the documented vector matches in both encodings, with or without the name before it', async () => {
    const hex = 'e2d2aa9d61dac87d15772d26b6233f2db67b6ce18aee1f94ac73b9178d1493c5';
    for (const header of [base64, `X-Wandb-Signature: ${base64}`, hex, ` ${hex.toUpperCase()}\n`])
      expect(await checkSignature({ ...input, header })).toMatchObject({ matches: true });
  });

  test('another secret does not match', async () => {
    expect(await checkSignature({ ...input, secret: 'other' })).toMatchObject({
      matches: false,
      text: expect.stringMatching(/another secret/),
    });
  });

  test('the commonest mistakes are named', async () => {
    expect(await checkSignature({ ...input, body: `${body}\n` })).toMatchObject({
      text: expect.stringMatching(/without the line break at the end of the body/),
    });
    expect(await checkSignature({ ...input, secret: ` ${secret}` })).toMatchObject({ text: expect.stringMatching(/around the secret/) });
    const header = createHmac('sha256', secret)
      .update(JSON.stringify(JSON.parse(body)))
      .digest('base64');
    expect(await checkSignature({ ...input, header })).toMatchObject({ text: expect.stringMatching(/formatted after it was signed/) });
  });
});

describe('webhook-signature', () => {
  const timestamp = '1795234466';
  const id = 'exe_1';
  const sign = (key: Buffer | string) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

  test('one of several signatures matches, also for a whsec_ secret', async () => {
    expect(await checkSignature({ ...input, header: `v1,AAAA ${sign(secret)}`, id, timestamp })).toMatchObject({ matches: true });
    const key = Buffer.from('a secret key of some bytes');
    const whsec = `whsec_${key.toString('base64')}`;
    expect(await checkSignature({ ...input, secret: whsec, header: sign(key), id, timestamp })).toMatchObject({ matches: true });
  });

  test('without id and timestamp it says that both are signed', async () => {
    expect(await checkSignature({ ...input, header: sign(secret) })).toMatchObject({
      matches: false,
      text: expect.stringMatching(/fill in both/),
    });
  });
});

describe('webhook-signature with a public key', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = `whpk_${Buffer.from(privateKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')}`;
  const message = { body, id: 'exe_1', timestamp: '1795234466' };
  const v1a = `v1a,${signAsymmetric(null, Buffer.from(`exe_1.1795234466.${body}`), privateKey).toString('base64')}`;

  test('any v1a signature of the list may be genuine', async () => {
    expect(await checkSignature({ ...message, secret: publicKey, header: `v1,AAAA v1a,AAAA ${v1a}` })).toMatchObject({ matches: true });
    expect(await checkSignature({ ...message, secret: publicKey, header: 'v1,AAAA v1a,AAAA' })).toMatchObject({ matches: false });
    expect(await checkSignature({ ...message, body: '{}', secret: publicKey, header: v1a })).toMatchObject({ matches: false });
    expect(await checkSignature({ ...message, secret: 'whpk_short', header: v1a })).toMatchObject({ matches: false });
  });
});

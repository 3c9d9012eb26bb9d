import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { makeKeyPair, standardSignatures, wandbSignature } from './sign.ts';
import { verifyStandardSignature, verifyWandbSignature } from './verify-signature.ts';

const BODY = Buffer.from('{"test": 2432232314}');
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = 1_614_265_330;
const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const WHSK = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const V1 = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const V1A = 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';

describe('X-Wandb-Signature', () => {
  const body = Buffer.from('{"key1": "value1", "key2": "value2"}');

  test('is the documented one, in base64 and in hex', () => {
    expect(wandbSignature('your_api_secret', body, 'base64')).toBe('4tKqnWHayH0Vdy0mtiM/LbZ7bOGK7h+UrHO5F40Uk8U=');
    expect(wandbSignature('your_api_secret', body, 'hex')).toBe('e2d2aa9d61dac87d15772d26b6233f2db67b6ce18aee1f94ac73b9178d1493c5');
  });

  test('is what GitHub publishes for its vector', () => {
    expect(wandbSignature("It's a Secret to Everybody", Buffer.from('Hello, World!'), 'hex')).toBe(
      '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test('uses a whsec_ secret as it is stored, undecoded, and is what openssl makes', () => {
    for (const secret of [WHSEC, 'your_api_secret', 'with spaces and ü']) {
      const hex = execFileSync('openssl', ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${Buffer.from(secret).toString('hex')}`], {
        input: body,
      });
      expect(hex.toString().trim()).toMatch(new RegExp(`${wandbSignature(secret, body, 'hex')}$`));
    }
  });

  test('can be checked in both encodings', () => {
    for (const encoding of ['base64', 'hex'] as const)
      expect(verifyWandbSignature('your_api_secret', body, wandbSignature('your_api_secret', body, encoding))).toEqual({ kind: 'valid' });
    expect(verifyWandbSignature('another', body, wandbSignature('your_api_secret', body, 'hex')).kind).toBe('invalid');
    expect(verifyWandbSignature('another', body, undefined).kind).toBe('invalid');
  });
});

describe('webhook-signature', () => {
  test('is the one of the specification, symmetric and asymmetric', () => {
    expect(standardSignatures([WHSEC], ID, AT, BODY)).toBe(V1);
    expect(standardSignatures([WHSK], ID, AT, BODY)).toBe(V1A);
  });

  test('lists one signature for each live secret', () => {
    expect(standardSignatures([WHSEC, WHSK], ID, AT, BODY)).toBe(`${V1} ${V1A}`);
  });

  test('in v1a verifies with the public half of the key', () => {
    const publicKey = Buffer.from(WHSK.slice(5), 'base64').subarray(32);
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }, format: 'jwk' });
    const signature = Buffer.from(standardSignatures([WHSK], ID, AT, BODY).slice(4), 'base64');
    expect(verify(null, Buffer.from(`${ID}.${AT}.${BODY}`), key, signature)).toBe(true);
  });

  test('in v1a with a key of ours verifies from its public part alone', () => {
    const { privateKey, publicKey } = makeKeyPair();
    expect(Buffer.from(privateKey.slice(5), 'base64')).toHaveLength(64);
    expect(Buffer.from(privateKey.slice(5), 'base64').subarray(32).toString('base64')).toBe(publicKey.slice(5));
    const headers = { id: ID, timestamp: String(AT), signature: `v1,AAAA ${standardSignatures([privateKey], ID, AT, BODY)}` };
    expect(verifyStandardSignature(publicKey, BODY, headers, AT).kind).toBe('valid');
    expect(verifyStandardSignature(makeKeyPair().publicKey, BODY, headers, AT).kind).toBe('invalid');
    expect(verifyStandardSignature(publicKey, Buffer.from('{}'), headers, AT).kind).toBe('invalid');
  });

  test('is accepted by the public library for every secret and body, decoded after whsec_ and raw otherwise', () => {
    const now = Math.floor(Date.now() / 1000);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.json(), (key, body) => {
        const bytes = Buffer.from(body);
        const headers = (secret: string) => ({
          'webhook-id': 'exe_1',
          'webhook-timestamp': String(now),
          'webhook-signature': standardSignatures(['the other live secret', secret], 'exe_1', now, bytes),
        });
        const whsec = `whsec_${Buffer.from(key).toString('base64')}`;
        new Webhook(whsec).verify(body, headers(whsec));
        const raw = Buffer.from(key).toString('hex');
        new Webhook(raw, { format: 'raw' }).verify(body, headers(raw));
        const unpadded = 'whsec_this is not base64';
        new Webhook(Buffer.from(unpadded), { format: 'raw' }).verify(body, headers(unpadded));
      }),
      { numRuns: 50 },
    );
  });

  test('refuses an empty secret and an id with a dot', () => {
    expect(() => standardSignatures([''], ID, AT, BODY)).toThrow('empty');
    expect(() => standardSignatures([WHSEC], 'a.b', AT, BODY)).toThrow('dot');
  });
});

describe('checking webhook-signature', () => {
  const headers = { id: ID, timestamp: String(AT), signature: V1 };
  const check = (changed: Partial<typeof headers>, secret = WHSEC, body = BODY, now = AT) =>
    verifyStandardSignature(secret, body, { ...headers, ...changed }, now).kind;

  test('accepts what is right, also among wrong and unknown ones', () => {
    expect(check({})).toBe('valid');
    expect(check({ signature: `v1,AAAA v2,xyz ${V1}` })).toBe('valid');
    expect(check({ signature: V1A }, WHSK)).toBe('valid');
    expect(check({ signature: standardSignatures([WHSEC], ID, AT, Buffer.alloc(0)) }, WHSEC, Buffer.alloc(0))).toBe('valid');
  });

  test.each([
    ['a missing id', { id: '' }],
    ['a missing timestamp', { timestamp: '' }],
    ['a missing signature', { signature: '' }],
    ['a timestamp that is no number', { timestamp: 'soon' }],
    ['another id', { id: 'msg_other' }],
    ['another timestamp', { timestamp: String(AT + 1) }],
    ['a cut signature', { signature: V1.slice(0, -4) }],
    ['an empty signature', { signature: 'v1,' }],
    ['the right signature under an unknown version', { signature: V1.replace('v1', 'v2') }],
  ])('refuses %s', (_what, changed) => {
    expect(check(changed)).toBe('invalid');
  });

  test('refuses another body, another secret, and more than five minutes either way', () => {
    expect(check({}, WHSEC, Buffer.from('{"test": 0}'))).toBe('invalid');
    expect(check({}, 'another secret')).toBe('invalid');
    expect([AT - 300, AT + 300].map((now) => check({}, WHSEC, BODY, now))).toEqual(['valid', 'valid']);
    expect([AT - 301, AT + 301].map((now) => check({}, WHSEC, BODY, now))).toEqual(['invalid', 'invalid']);
  });
});

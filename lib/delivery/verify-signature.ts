import { createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { PUBLIC_KEY_PREFIX } from '#lib/domain/key-pair.ts';
import { SIGNATURE_TOLERANCE_SECONDS, signedPrefix } from '#lib/domain/signature-message.ts';
import { decoded, standardSignatures, wandbSignature } from './sign.ts';

export type Verification = { kind: 'valid' } | { kind: 'invalid'; because: string };

/** Checks `X-Wandb-Signature` in either encoding. */
export function verifyWandbSignature(secret: string, body: Buffer, header: string | undefined): Verification {
  if (!header) return { kind: 'invalid', because: 'The header X-Wandb-Signature is missing.' };
  const matches = isSame(header, wandbSignature(secret, body, 'base64')) || isSame(header, wandbSignature(secret, body, 'hex'));
  if (matches) return { kind: 'valid' };
  return { kind: 'invalid', because: 'The signature does not match: another secret, or the body was changed after it was signed.' };
}

export type StandardHeaders = { id: string | undefined; timestamp: string | undefined; signature: string | undefined };

/** Checks `webhook-signature` as receivers' libraries do: any signature in the list of a version we know may match. */
export function verifyStandardSignature(secret: string, body: Buffer, headers: StandardHeaders, nowSeconds: number): Verification {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature)
    return { kind: 'invalid', because: 'One of the headers webhook-id, webhook-timestamp and webhook-signature is missing.' };
  if (!/^\d+$/.test(timestamp)) return { kind: 'invalid', because: 'webhook-timestamp is not a whole number of seconds.' };
  if (id.includes('.')) return { kind: 'invalid', because: 'webhook-id contains a dot.' };

  const age = nowSeconds - Number(timestamp);
  if (Math.abs(age) > SIGNATURE_TOLERANCE_SECONDS)
    return {
      kind: 'invalid',
      because: `The message is ${Math.abs(age)} s ${age > 0 ? 'old' : 'ahead'}; at most ${SIGNATURE_TOLERANCE_SECONDS} s are accepted.`,
    };

  const matches = matcherFor(secret, id, Number(timestamp), body);
  if (signature.split(' ').some(matches)) return { kind: 'valid' };
  return { kind: 'invalid', because: 'No signature in the list matches: another secret, or the body was changed after it was signed.' };
}

/** With the public part of a key a v1a signature is verified; with a secret the signature is made again and compared. */
function matcherFor(secret: string, id: string, timestampSeconds: number, body: Buffer): (candidate: string) => boolean {
  const x = decoded(secret, PUBLIC_KEY_PREFIX)?.toString('base64url');
  if (x === undefined) {
    const expected = standardSignatures([secret], id, timestampSeconds, body);
    return (candidate) => isSame(candidate, expected);
  }
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const message = Buffer.concat([Buffer.from(signedPrefix(id, timestampSeconds)), body]);
  return (candidate) => candidate.startsWith('v1a,') && verify(null, message, key, Buffer.from(candidate.slice('v1a,'.length), 'base64'));
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

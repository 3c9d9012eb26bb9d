import type { SignatureScheme } from './verifiers.ts';

export function nodeVerifier(scheme: SignatureScheme): string {
  if (scheme === 'ed25519') return ED25519;
  return scheme === 'standard' ? STANDARD : wandb(scheme);
}

const wandb = (encoding: 'base64' | 'hex') => `import { createHmac, timingSafeEqual } from 'node:crypto';

/** body: the bytes as received; signature: the header x-wandb-signature. */
export function verify(body, signature, secret) {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('${encoding}'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;

const STANDARD = `import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** body: the bytes as received; headers with lower-case names, as node:http gives them. */
export function verify(body, headers, secret) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  const expected = Buffer.from('v1,' + createHmac('sha256', key).update(id + '.' + timestamp + '.').update(body).digest('base64'));
  return headers['webhook-signature'].split(' ').some((candidate) => {
    const given = Buffer.from(candidate);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`;

const ED25519 = `import { createPublicKey, verify as verifySignature } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** body: the bytes as received; headers with lower-case names, as node:http gives them; publicKey: the webhook's whpk_… */
export function verify(body, headers, publicKey) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = Buffer.concat([Buffer.from(id + '.' + timestamp + '.'), Buffer.from(body)]);
  return headers['webhook-signature']
    .split(' ')
    .filter((candidate) => candidate.startsWith('v1a,'))
    .some((candidate) => verifySignature(null, signed, key, Buffer.from(candidate.slice(4), 'base64')));
}
`;

import { createHmac, createPrivateKey, createSecretKey, generateKeyPairSync, type KeyObject, sign as signAsymmetric } from 'node:crypto';
import { PRIVATE_KEY_PREFIX, PUBLIC_KEY_PREFIX } from '#lib/domain/key-pair.ts';
import { type SignatureEncoding, signedPrefix } from '#lib/domain/signature-message.ts';

/** `X-Wandb-Signature`: HMAC-SHA256 of the exact body bytes; the key is always the secret's raw UTF-8 bytes, as stored. */
export function wandbSignature(secret: string, body: Buffer, encoding: SignatureEncoding): string {
  return createHmac('sha256', requireSecret(secret)).update(body).digest(encoding);
}

/** `webhook-signature` of Standard Webhooks 1.0.0: one signature for each live secret, so that rotation has no gap. */
export function standardSignatures(secrets: readonly string[], id: string, timestampSeconds: number, body: Buffer): string {
  if (id.includes('.')) throw new Error('A webhook-id must not contain a dot.');
  return secrets.map((secret) => standardSignature(secret, signedPrefix(id, timestampSeconds), body)).join(' ');
}

function standardSignature(secret: string, prefix: string, body: Buffer): string {
  const key = keyOf(secret);
  if (key.type === 'private') return `v1a,${signAsymmetric(null, Buffer.concat([Buffer.from(prefix), body]), key).toString('base64')}`;
  return `v1,${createHmac('sha256', key).update(prefix).update(body).digest('base64')}`;
}

/** The same few secrets sign thousands of deliveries a second: node:crypto takes 3 µs with a key that is made, 19 with its bytes. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 500;

function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (!key) {
    key = ed25519Key(secret) ?? symmetricKey(secret);
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(secret, key);
  }
  return key;
}

/** A new Ed25519 key as Standard Webhooks writes its parts: the private one is the seed followed by the public one. */
export function makeKeyPair(): { privateKey: string; publicKey: string } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const [seed, publicBytes] = [Buffer.from(d!, 'base64url'), Buffer.from(x!, 'base64url')];
  return {
    privateKey: PRIVATE_KEY_PREFIX + Buffer.concat([seed, publicBytes]).toString('base64'),
    publicKey: PUBLIC_KEY_PREFIX + publicBytes.toString('base64'),
  };
}

/** `whsec_<base64>` stands for the decoded bytes; any other text, also a `whsec_` that is no base64, for its own UTF-8 bytes. */
const symmetricKey = (secret: string) => createSecretKey(decoded(secret, 'whsec_') ?? Buffer.from(requireSecret(secret), 'utf8'));

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** `whsk_<base64 of seed, or of seed and public key>` signs with Ed25519 (`v1a`). */
function ed25519Key(secret: string): KeyObject | null {
  const bytes = decoded(secret, PRIVATE_KEY_PREFIX);
  if (bytes?.length !== 32 && bytes?.length !== 64) return null;
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, bytes.subarray(0, 32)]), format: 'der', type: 'pkcs8' });
}

/** The bytes of a `whsec_…`, `whsk_…` or `whpk_…`; null for anything else. */
export function decoded(secret: string, prefix: string): Buffer | null {
  if (!secret.startsWith(prefix)) return null;
  const text = secret.slice(prefix.length);
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text);
  return isBase64 && text.length > 0 ? Buffer.from(text, 'base64') : null;
}

function requireSecret(secret: string): string {
  if (secret === '') throw new Error('A signing secret cannot be empty.');
  return secret;
}

import { PUBLIC_KEY_PREFIX } from '#lib/domain/key-pair.ts';
import { signedPrefix } from '#lib/domain/signature-message.ts';

export type SignatureInput = {
  body: string;
  secret: string;
  /** The header's value, or the whole line with its name. */
  header: string;
  /** For webhook-signature only. */
  id: string;
  timestamp: string;
};

export type SignatureVerdict = { matches: boolean; text: string };

/** Headers that begin with a version are Standard Webhooks'; the others are X-Wandb-Signature. */
export const isStandardHeader = (header: string) => /^v\d+a?,/.test(headerValue(header));

/** Whether a signature belongs to a body and a secret; where not, which common mistake explains it. Needs a secure context. */
export async function checkSignature(input: SignatureInput): Promise<SignatureVerdict> {
  const standard = isStandardHeader(input.header);
  if (standard && !(input.id.trim() && /^\d+$/.test(input.timestamp.trim())))
    return { matches: false, text: 'webhook-signature covers webhook-id and webhook-timestamp: fill in both, as they were received.' };
  const matches = standard ? matchesStandard : matchesWandb;
  if (await matches(input)) return { matches: true, text: 'It matches: this body was signed with this secret.' };
  for (const { change, text } of MISTAKES) {
    const changed = { ...input, ...change(input) };
    if ((changed.body !== input.body || changed.secret !== input.secret) && (await matches(changed))) return { matches: false, text };
  }
  return { matches: false, text: 'It does not match: another secret, or the body was changed after it was signed.' };
}

/** Tried in this order when a signature does not match as it stands. */
const MISTAKES: { change: (input: SignatureInput) => Partial<SignatureInput>; text: string }[] = [
  {
    change: ({ body }) => ({ body: body.trimEnd() }),
    text: 'It does not match, but it does without the line break at the end of the body. Sign the body’s exact bytes.',
  },
  { change: ({ body }) => ({ body: `${body}\n` }), text: 'It does not match, but it does with a line break at the end of the body.' },
  {
    change: ({ secret }) => ({ secret: secret.trim() }),
    text: 'It does not match, but it does without the space or line break around the secret.',
  },
  {
    change: ({ secret }) => ({ secret: `${secret}\n` }),
    text: 'It does not match, but it does with a line break at the end of the secret: the stored value ends with one.',
  },
  {
    change: ({ body }) => ({ body: compact(body) }),
    text: 'It does not match, but it does for the same JSON without spaces: the body was formatted after it was signed.',
  },
];

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

async function matchesWandb({ body, secret, header }: SignatureInput): Promise<boolean> {
  const given = headerValue(header);
  const digest = await hmac(utf8(secret), body);
  return given === toBase64(digest) || given.toLowerCase() === toHex(digest);
}

async function matchesStandard({ body, secret, header, id, timestamp }: SignatureInput): Promise<boolean> {
  const message = signedPrefix(id.trim(), Number(timestamp.trim())) + body;
  if (secret.trim().startsWith(PUBLIC_KEY_PREFIX)) return matchesKey(secret.trim(), headerValue(header), message);
  const expected = `v1,${toBase64(await hmac(keyOf(secret), message))}`;
  return headerValue(header).split(/\s+/).includes(expected);
}

/** With a public key any v1a signature of the list may be genuine. */
async function matchesKey(publicKey: string, list: string, message: string): Promise<boolean> {
  const bytes = fromBase64(publicKey.slice(PUBLIC_KEY_PREFIX.length));
  if (bytes?.length !== 32) return false;
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']);
  for (const candidate of list.split(/\s+/)) {
    const signature = candidate.startsWith('v1a,') ? fromBase64(candidate.slice('v1a,'.length)) : null;
    if (signature && (await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, utf8(message)))) return true;
  }
  return false;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** "X-Wandb-Signature: abc" and "abc" mean the same. */
const headerValue = (header: string) => header.trim().replace(/^[\w-]+:\s*/, '');

const utf8 = (text: string) => new TextEncoder().encode(text);

/** `whsec_<base64>` stands for the decoded bytes, as in Standard Webhooks. */
function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  return secret.startsWith('whsec_') ? (fromBase64(secret.slice('whsec_'.length)) ?? utf8(secret)) : utf8(secret);
}

async function hmac(key: Uint8Array<ArrayBuffer>, message: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8(message)));
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

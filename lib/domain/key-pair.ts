/**
 * The Ed25519 key of a webhook that also signs as Standard Webhooks' v1a. Hookline makes it: the private part is encrypted and
 * never shown, the public part is for receivers. While it is replaced both keys sign.
 */
export type KeyPair = {
  /** `whpk_` and base64. */
  publicKey: string;
  madeAt: number;
  old: { publicKey: string; endsAt: number } | null;
};

export const PUBLIC_KEY_PREFIX = 'whpk_';
export const PRIVATE_KEY_PREFIX = 'whsk_';

/** Without an old key whose time is over. */
export const liveKeyPair = (pair: KeyPair | null, nowMs: number): KeyPair | null =>
  pair?.old && pair.old.endsAt <= nowMs ? { ...pair, old: null } : pair;

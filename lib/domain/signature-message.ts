/** The bytes that Standard Webhooks 1.0.0 signs are these, followed by the exact body. */
export const signedPrefix = (id: string, timestampSeconds: number) => `${id}.${timestampSeconds}.`;

export const SIGNATURE_HEADERS = {
  wandb: 'X-Wandb-Signature',
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

export type SignatureEncoding = 'base64' | 'hex';

/** What receivers' libraries accept as clock difference. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

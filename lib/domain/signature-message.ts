/** The bytes that Standard Webhooks 1.0.0 signs are these, followed by the exact body. */
export const signedPrefix = (id: string, timestampSeconds: number) => `${id}.${timestampSeconds}.`;

export const SIGNATURE_HEADERS = {
  wandb: 'X-Wandb-Signature',
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

export const SIGNATURE_ENCODINGS = ['base64', 'hex'] as const;
export type SignatureEncoding = (typeof SIGNATURE_ENCODINGS)[number];

/** What receivers' libraries accept as clock difference. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

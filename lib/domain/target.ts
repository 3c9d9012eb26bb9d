import type { Breaker } from './breaker.ts';
import type { KeyPair } from './key-pair.ts';

/** An integration: a team's webhook or Slack channel. Nothing in it is secret; names of secrets are. */
export type Target = Breaker & {
  entityId: number;
  id: number;
  kind: 'webhook' | 'slack';
  name: string;
  /** Scheme, host and "/…"; null for a Slack bot. */
  urlShown: string | null;
  accessTokenSecret: string | null;
  signingSecret: string | null;
  signatureEncoding: 'base64' | 'hex';
  /** Secrets that payloads may insert. */
  payloadSecrets: string[];
  channel: string | null;
  botTokenSecret: string | null;
  receivesRunAlerts: boolean;
  template: string | null;
  enabled: boolean;
  disabledReason: string | null;
  maxConcurrent: number;
  maxPerMinute: number | null;
  /** Another integration of the entity that is told of trouble with this one. */
  noticesTo: number | null;
  /** For v1a signatures; null: none. */
  keyPair: KeyPair | null;
  createdById: number;
  createdAt: number;
  updatedAt: number;
};

/** Of a webhook that says nothing of it. With 4, one whose answers take 5 ms got 800 deliveries a second at most. */
export const DEFAULT_MAX_CONCURRENT = 16;

/** What may be shown to everybody of a URL that may hold a secret. */
export function shownUrl(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}/…`;
}

/** The names of all secrets that an integration uses. */
export const secretsOf = (target: Pick<Target, 'accessTokenSecret' | 'signingSecret' | 'payloadSecrets' | 'botTokenSecret'>): string[] => [
  ...new Set(
    [target.accessTokenSecret, target.signingSecret, target.botTokenSecret, ...target.payloadSecrets].filter((name) => name !== null),
  ),
];

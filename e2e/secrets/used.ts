import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { e2eInstance } from '../instance.ts';

/** Fields of bodies whose value nobody may ever read back. */
const SECRET_FIELDS = ['password', 'current', 'apiKey', 'webhookUrl'];
/** What an answer says this once. */
const SHOWN_ONCE = [
  { path: /\/api-keys$/, field: 'key', secretOf: (key: string) => key },
  { path: /\/(invites|reset-link)$/, field: 'url', secretOf: (url: string) => url.slice(url.lastIndexOf('/') + 1) },
];

/** Remembers a secret that a test gave to the shared instance, for the search after all tests. */
export function noteSecrets(...secrets: string[]): void {
  if (secrets.length > 0) appendFileSync(e2eInstance().secretsFile, secrets.map((secret) => `${JSON.stringify(secret)}\n`).join(''));
}

export function secretsUsed(): string[] {
  const { secretsFile } = e2eInstance();
  if (!existsSync(secretsFile)) return [];
  const lines = readFileSync(secretsFile, 'utf8').trimEnd().split('\n');
  return [...new Set(lines.map((line): string => JSON.parse(line)))];
}

/** The secrets in one request to the REST API and its answer. */
export function noteSecretsOf(path: string, body: unknown, answer: unknown): void {
  const fields = /\/secrets(\/\w+)?$/.test(path) ? [...SECRET_FIELDS, 'value'] : SECRET_FIELDS;
  const once = SHOWN_ONCE.filter((one) => one.path.test(path)).flatMap(({ field, secretOf }) => textAt(answer, field).map(secretOf));
  noteSecrets(...fields.flatMap((field) => textAt(body, field)), ...once);
}

function textAt(given: unknown, field: string): string[] {
  const value = typeof given === 'object' && given !== null ? Object.entries(given).find(([name]) => name === field)?.[1] : undefined;
  return typeof value === 'string' && value !== '' ? [value] : [];
}

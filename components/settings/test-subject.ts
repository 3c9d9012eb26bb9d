import type { z } from 'zod';
import type { RequestView, WebhookBody, WebhookView } from '#lib/contracts/integrations.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { ACCESS_TOKEN } from '#lib/domain/fixed-names.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { SIGNATURE_HEADERS } from '#lib/domain/signature-message.ts';
import { maskedSecrets, parseTemplate, renderTemplate, SECRET_MASK } from '#lib/domain/template.ts';
import { valuesFor } from '#lib/domain/template-variables.ts';

/** What is tested: a saved webhook, or what stands in the form. */
export type TestSubject = { kind: 'saved'; webhook: WebhookView } | { kind: 'draft'; id?: string; body: z.input<typeof WebhookBody> };

export type Endpoint = {
  name: string;
  url: string;
  encoding: 'base64' | 'hex';
  accessTokenSecret: string | null;
  signingSecret: string | null;
  payloadSecrets: readonly string[];
};

export function endpointOf(subject: TestSubject): Endpoint {
  const fields = subject.kind === 'saved' ? subject.webhook : subject.body;
  return {
    name: fields.name,
    url: fields.url,
    encoding: fields.signatureEncoding ?? 'base64',
    accessTokenSecret: fields.accessTokenSecret ?? null,
    signingSecret: fields.signingSecret ?? null,
    payloadSecrets: fields.payloadSecrets ?? [],
  };
}

/** Names that a payload of this webhook may insert besides the event's variables. */
export const grantedBy = ({ accessTokenSecret, payloadSecrets }: Endpoint) => [
  ...payloadSecrets,
  ...(accessTokenSecret ? [ACCESS_TOKEN] : []),
];

/** The values that the server's sample of this event gives. */
export function sampleValues(on: AutomationEvent, publicUrl: string, at: number) {
  const { event, evidence } = sampleFor(on, { publicUrl, at });
  return valuesFor(event, { automation: { id: 0, name: 'Test', on, filter: {} }, executionId: 'tst_…', publicUrl, evidence });
}

/** The request as the test will send it: secrets masked, signatures not made yet. */
export function previewRequest(
  endpoint: Endpoint,
  template: string,
  values: ReturnType<typeof sampleValues>,
  userAgent: string,
): RequestView {
  const later = 'made when sent';
  const signed = endpoint.signingSecret !== null;
  const headers: [string, string][] = [
    ['Content-Type', 'application/json'],
    ...(endpoint.accessTokenSecret ? [['Authorization', `Bearer ${SECRET_MASK}`] satisfies [string, string]] : []),
    ...(signed ? [[SIGNATURE_HEADERS.wandb, later] satisfies [string, string]] : []),
    [SIGNATURE_HEADERS.id, later],
    [SIGNATURE_HEADERS.timestamp, later],
    ...(signed ? [[SIGNATURE_HEADERS.signature, later] satisfies [string, string]] : []),
    ['User-Agent', userAgent],
  ];
  const { bodyMasked } = renderTemplate(parseTemplate(template), values, maskedSecrets(grantedBy(endpoint)));
  return { method: 'POST', url: endpoint.url, headers, body: bodyMasked };
}

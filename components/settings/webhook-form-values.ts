import { z } from 'zod';
import { WebhookBody, type WebhookView } from '#lib/contracts/integrations.ts';
import { WebhookName } from '#lib/domain/names.ts';
import { DEFAULT_MAX_CONCURRENT } from '#lib/domain/target.ts';

/** "None" in a list of secrets: no secret can have this name. */
export const NONE = '-';

const wholeNumber = (min: number, max: number, sentence: string) =>
  z.string().refine((text) => /^\d{1,9}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max, sentence);

export const WebhookForm = z.object({
  name: WebhookName,
  url: WebhookBody.shape.url,
  accessTokenSecret: z.string(),
  signingSecret: z.string(),
  signatureEncoding: z.enum(['base64', 'hex']),
  asymmetricSignature: z.boolean(),
  payloadSecrets: z.array(z.string()),
  maxConcurrent: wholeNumber(1, 256, 'Give a whole number from 1 to 256.'),
  maxPerMinute: z.literal('').or(wholeNumber(1, 100_000, 'Give a whole number from 1 to 100,000, or leave it empty.')),
  noticesTo: z.string(),
  confirmHost: z.string(),
});
export type WebhookForm = z.infer<typeof WebhookForm>;

/** The form for a saved webhook, or for a new one. */
export function toWebhookForm(webhook?: WebhookView): WebhookForm {
  return {
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    accessTokenSecret: webhook?.accessTokenSecret ?? NONE,
    signingSecret: webhook?.signingSecret ?? NONE,
    signatureEncoding: webhook?.signatureEncoding ?? 'base64',
    asymmetricSignature: webhook?.asymmetricSignature ?? false,
    payloadSecrets: webhook?.payloadSecrets ?? [],
    maxConcurrent: String(webhook?.maxConcurrent ?? DEFAULT_MAX_CONCURRENT),
    maxPerMinute: webhook?.maxPerMinute ? String(webhook.maxPerMinute) : '',
    noticesTo: webhook?.noticesTo ?? NONE,
    confirmHost: '',
  };
}

const orNull = (text: string) => (text === NONE ? null : text);

/** What the form says, as the API takes it. */
export function toWebhookBody(form: WebhookForm): WebhookBody {
  return {
    name: form.name,
    url: form.url.trim(),
    accessTokenSecret: orNull(form.accessTokenSecret),
    signingSecret: orNull(form.signingSecret),
    signatureEncoding: form.signatureEncoding,
    asymmetricSignature: form.asymmetricSignature,
    payloadSecrets: form.payloadSecrets,
    maxConcurrent: Number(form.maxConcurrent),
    maxPerMinute: form.maxPerMinute === '' ? null : Number(form.maxPerMinute),
    noticesTo: orNull(form.noticesTo),
    ...(form.confirmHost && { confirmHost: form.confirmHost.trim() }),
  };
}

import type { DeliveryError, HeaderList, SentRequest } from '#lib/domain/delivery-outcome.ts';
import { SIGNATURE_HEADERS, type SignatureEncoding } from '#lib/domain/signature-message.ts';
import { MAX_PAYLOAD_BYTES } from '#lib/domain/template.ts';
import { MASK, type Masker } from './mask.ts';
import { standardSignatures, wandbSignature } from './sign.ts';

/** One delivery, with its secrets as they are at this attempt. */
export type WebhookDelivery = {
  executionId: string;
  url: string;
  /** The rendered template: these bytes are signed and sent. */
  body: string;
  /** The same rendered with inserted secrets masked, where some are too short to be found by value. */
  shownBody?: string;
  /** The body is only the beginning of one over the limit, which is not sent. */
  tooLarge?: boolean;
  accessToken: string | null;
  signing: {
    /** What X-Wandb-Signature is made with: the old value while two are live; null where only an Ed25519 key signs. */
    wandb: string | null;
    /** Every live value and key; each gives one signature in webhook-signature. */
    live: readonly string[];
    encoding: SignatureEncoding;
  } | null;
  /** Values of secrets the payload may name. */
  payloadSecrets: readonly string[];
  /** Values that are masked besides, though this delivery has no use for them. */
  alsoMasked?: readonly string[];
  personal: boolean;
};

export type WebhookRequest =
  | { kind: 'ready'; headers: HeaderList; body: Buffer; shown: SentRequest }
  | { kind: 'refused'; shown: SentRequest; error: DeliveryError };

const ONE_PRINTABLE_LINE = /^[\x20-\x7e]+$/;
/** An access token goes into a header: one line of printable ASCII, without spaces at its ends. */
export const isHeaderSafe = (value: string) => ONE_PRINTABLE_LINE.test(value) && value.trim() === value;

/** Renders the body's bytes once, signs them, and pairs the request with the form that may be shown and kept. */
export function webhookRequest(delivery: WebhookDelivery, masker: Masker, nowMs: number, userAgent: string): WebhookRequest {
  const body = Buffer.from(delivery.body);
  const { accessToken, signing, executionId } = delivery;
  const timestamp = Math.floor(nowMs / 1000);
  const signatures: HeaderList = [
    [SIGNATURE_HEADERS.id, executionId],
    [SIGNATURE_HEADERS.timestamp, String(timestamp)],
  ];
  if (signing) {
    if (signing.wandb !== null) signatures.unshift([SIGNATURE_HEADERS.wandb, wandbSignature(signing.wandb, body, signing.encoding)]);
    signatures.push([SIGNATURE_HEADERS.signature, standardSignatures(signing.live, executionId, timestamp, body)]);
  }

  const shown = shownRequest(delivery, masker, signatures, userAgent);
  const error = problemWith(delivery);
  if (error) return { kind: 'refused', shown, error };
  return { kind: 'ready', headers: allHeaders(accessToken, signatures, userAgent), body, shown };
}

/** The request as a preview shows it before it is sent: no secret is read for it. */
export function previewWebhookRequest(
  {
    url,
    body,
    hasAccessToken,
    hasSecret,
    hasKey,
    executionId,
  }: { url: string; body: string; hasAccessToken: boolean; hasSecret: boolean; hasKey: boolean; executionId: string },
  userAgent: string,
): SentRequest {
  const later = 'made when sent';
  const signatures: HeaderList = [
    [SIGNATURE_HEADERS.id, executionId],
    [SIGNATURE_HEADERS.timestamp, later],
  ];
  if (hasSecret) signatures.unshift([SIGNATURE_HEADERS.wandb, later]);
  if (hasSecret || hasKey) signatures.push([SIGNATURE_HEADERS.signature, later]);
  return { method: 'POST', url, headers: allHeaders(hasAccessToken ? MASK : null, signatures, userAgent), body };
}

function shownRequest(delivery: WebhookDelivery, masker: Masker, signatures: HeaderList, userAgent: string): SentRequest {
  const shownToken = delivery.accessToken === null ? null : MASK;
  return {
    method: 'POST',
    url: masker.text(delivery.url),
    headers: allHeaders(shownToken, signatures, userAgent),
    body: storable(masker.text(delivery.shownBody ?? delivery.body)),
  };
}

/** A body that is refused may hold anything; PostgreSQL's text holds no NUL and no half of a character. */
const storable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed();

function allHeaders(accessToken: string | null, signatures: HeaderList, userAgent: string): HeaderList {
  const authorization: HeaderList = accessToken === null ? [] : [['Authorization', `Bearer ${accessToken}`]];
  return [['Content-Type', 'application/json'], ...authorization, ...signatures, ['User-Agent', userAgent]];
}

function problemWith({ accessToken, body, tooLarge }: WebhookDelivery): DeliveryError | null {
  if (accessToken !== null && !isHeaderSafe(accessToken))
    return {
      code: 'invalid_header',
      message: 'The access token is not one line of printable ASCII, so it cannot be sent in a header.',
      hint: 'Replace the value of the secret.',
    };
  if (tooLarge)
    return {
      code: 'body_too_large',
      message: `The payload is larger than ${MAX_PAYLOAD_BYTES / 1024} KiB once its variables are filled in.`,
      hint: 'Name less in the template of the automation, for example a link in place of all metadata.',
    };
  return isJson(body)
    ? null
    : {
        code: 'body_not_json',
        message: 'The payload is not valid JSON once its variables are filled in.',
        hint: 'Correct the template of the automation.',
      };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Exchange } from './exchange.ts';
import { createMasker } from './mask.ts';
import { notSent, toOutcome } from './outcome.ts';
import { type WebhookDelivery, webhookRequest } from './webhook-request.ts';

/** One attempt at a webhook. `nowMs` is the wall clock: it dates the signature. */
export async function sendWebhook(
  exchange: Exchange,
  delivery: WebhookDelivery,
  { nowMs, userAgent }: { nowMs: number; userAgent: string },
): Promise<DeliveryOutcome> {
  const masker = createMasker(secretsOf(delivery), delivery.alsoMasked);
  const request = webhookRequest(delivery, masker, nowMs, userAgent);
  if (request.kind === 'refused') return notSent(request.shown, request.error);

  const { url, personal } = delivery;
  const result = await exchange.send({ url, headers: request.headers, body: request.body, personal });
  return toOutcome(result, request.shown, masker, nowMs);
}

const secretsOf = ({ accessToken, signing, payloadSecrets }: WebhookDelivery) => [
  ...(accessToken === null ? [] : [accessToken]),
  ...(signing ? signing.live : []),
  ...(signing?.wandb ? [signing.wandb] : []),
  ...payloadSecrets,
];

import type { DeliveryError, DeliveryOutcome, ReceivedResponse, SentRequest } from '#lib/domain/delivery-outcome.ts';
import { describeFailure, describeStatus } from './delivery-errors.ts';
import type { ExchangeFailure, ExchangeResult } from './exchange.ts';
import type { Masker } from './mask.ts';

const QUICK_REFUSAL_MS = 1000;
const GONE = 410;

/** What an exchange means for its execution. Everything but a 2xx is tried again, except 410 and what Hookline itself refuses to send. */
export function toOutcome(result: ExchangeResult, request: SentRequest, masker: Masker, nowMs: number): DeliveryOutcome {
  const common = { request, timings: result.timings, ...(result.address !== undefined && { address: result.address }) };
  if (result.kind === 'failed') {
    return {
      ...common,
      kind: result.failure.phase === 'judge' ? 'rejected' : 'try_again',
      error: maskError(describeFailure(result.failure, result.host), masker),
      ...(isQuickRefusal(result.failure, result.timings.totalMs) && { refusedQuickly: true }),
    };
  }

  const response = maskResponse(result.response, masker);
  const { status } = response;
  if (status >= 200 && status < 300) return { ...common, kind: 'delivered', response };
  const error = describeStatus(status, result.host);
  if (status === GONE) return { ...common, kind: 'rejected', response, error, disablesTarget: true };
  const retryAfterSeconds = parseRetryAfter(result.response, nowMs);
  return { ...common, kind: 'try_again', response, error, ...(retryAfterSeconds !== null && { retryAfterSeconds }) };
}

/** What is refused before anything is sent. */
export function notSent(request: SentRequest, error: DeliveryError): DeliveryOutcome {
  return { kind: 'rejected', request, error, timings: { totalMs: 0 } };
}

/** Retry-After as seconds from now, whether it came as seconds or as a date; null without a readable one. */
export function parseRetryAfter({ headers }: Pick<ReceivedResponse, 'headers'>, nowMs: number): number | null {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]?.trim();
  if (!value) return null;
  if (/^\d{1,10}$/.test(value)) return Number(value);
  const at = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1000));
}

function isQuickRefusal(failure: ExchangeFailure, totalMs: number): boolean {
  return failure.phase === 'connect' && failure.error?.code === 'ECONNREFUSED' && totalMs < QUICK_REFUSAL_MS;
}

const maskResponse = (response: ReceivedResponse, masker: Masker): ReceivedResponse => ({
  ...response,
  headers: masker.headers(response.headers),
  body: response.cut ? masker.cutText(response.body) : masker.text(response.body),
});

const maskError = (error: DeliveryError, masker: Masker): DeliveryError => ({
  ...error,
  message: masker.text(error.message),
  ...(error.adminMessage !== undefined && { adminMessage: masker.text(error.adminMessage) }),
});

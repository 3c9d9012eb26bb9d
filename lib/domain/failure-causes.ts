import type { DeliveryError } from './delivery-outcome.ts';

/** Why an attempt came to nothing, as coarse as people sort by. Menus, charts and the metrics read this table. */
export const FAILURE_CAUSES = {
  server_error: { label: 'Answered 5xx', text: 'The receiver was reached, but failed on its side.' },
  client_error: { label: 'Answered 4xx', text: 'The receiver was reached, but refused the request.' },
  redirect: { label: 'Redirected', text: 'The receiver redirects elsewhere; redirects are never followed.' },
  slack: { label: 'Refused by Slack', text: 'Slack answered that it does not take the message.' },
  timed_out: { label: 'Timed out', text: 'No answer within 15 seconds.' },
  connection: { label: 'No connection', text: 'Refused, unreachable, or broken off.' },
  dns: { label: 'Name not found', text: 'The host’s name could not be looked up.' },
  tls: { label: 'TLS failed', text: 'No secure connection could be made.' },
  bad_answer: { label: 'Not an HTTP answer', text: 'What came back could not be read.' },
  not_allowed: { label: 'Address not allowed', text: 'Hookline may not connect to the address.' },
  payload: { label: 'Could not be put together', text: 'The body is not JSON, or the access token does not fit into a header.' },
  gone: { label: 'Integration or secret disabled or gone', text: 'What it was to be sent with was disabled or deleted.' },
  internal: { label: 'A fault of ours', text: 'Something went wrong on our side while sending it.' },
} as const satisfies Record<string, { label: string; text: string }>;

export type FailureCause = keyof typeof FAILURE_CAUSES;
export const FAILURE_CAUSE_NAMES = Object.keys(FAILURE_CAUSES) as [FailureCause, ...FailureCause[]];

const CAUSE_OF_CODE: Record<Exclude<DeliveryError['code'], 'http_status'>, FailureCause> = {
  redirect: 'redirect',
  slack: 'slack',
  timed_out: 'timed_out',
  refused: 'connection',
  unreachable: 'connection',
  reset: 'connection',
  name_not_found: 'dns',
  dns_failed: 'dns',
  tls: 'tls',
  bad_response: 'bad_answer',
  invalid_url: 'not_allowed',
  address_not_allowed: 'not_allowed',
  invalid_header: 'payload',
  body_not_json: 'payload',
  body_too_large: 'payload',
  integration_gone: 'gone',
  secret_gone: 'gone',
};

/** The cause of an attempt that failed; without an error nothing was sent for a reason of ours. */
export function causeOfFailure(attempt: { error?: Pick<DeliveryError, 'code'>; response?: { status: number } } | undefined): FailureCause {
  const code = attempt?.error?.code;
  if (code === undefined) return 'internal';
  if (code !== 'http_status') return CAUSE_OF_CODE[code];
  return (attempt?.response?.status ?? 500) < 500 ? 'client_error' : 'server_error';
}

import type { Tone } from '#components/ui/badge.tsx';
import type { TestResult } from '#lib/contracts/integrations.ts';

const REASONS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** "200 OK"; a status without a common name stands alone. */
export const statusText = (status: number) => [status, REASONS[status]].filter(Boolean).join(' ');

const FAILURES: Record<string, string> = {
  timed_out: 'Timed out',
  refused: 'Refused',
  unreachable: 'Unreachable',
  reset: 'Connection lost',
  name_not_found: 'Name not found',
  dns_failed: 'Name lookup failed',
  tls: 'TLS failed',
  bad_response: 'No HTTP answer',
  address_not_allowed: 'Address not allowed',
  invalid_url: 'URL not allowed',
  invalid_header: 'Not sent',
  body_not_json: 'Not JSON',
  body_too_large: 'Too large',
  secret_gone: 'Secret missing',
};

type Outcome = { tone: Tone; title: string; chip: string; sentence: (name: string) => string };

/** A test's result in a word and a sentence. 2xx alone counts as success, as in deliveries. */
export function outcomeOf({ response, error }: Pick<TestResult, 'response' | 'error'>): Outcome {
  if (response) {
    const accepted = response.status >= 200 && response.status < 300;
    return {
      tone: accepted ? 'success' : 'danger',
      title: statusText(response.status),
      chip: String(response.status),
      sentence: (name) => (accepted ? `Accepted by ${name}` : `Not accepted by ${name}`),
    };
  }
  const title = FAILURES[error?.code ?? ''] ?? 'Not sent';
  return { tone: 'danger', title, chip: title, sentence: () => 'No answer' };
}

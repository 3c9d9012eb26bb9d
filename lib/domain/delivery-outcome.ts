/** Milliseconds of each phase of one exchange; a phase that did not happen is absent (a kept connection needs no DNS, connect, TLS). */
export type HttpTimings = {
  dnsMs?: number;
  connectMs?: number;
  tlsMs?: number;
  firstByteMs?: number;
  downloadMs?: number;
  totalMs: number;
};

export type HeaderList = [name: string, value: string][];
/** `bodyBytes` counts what was read from the wire; `cut` says that the body was longer, hung or broke off. */
export type ReceivedResponse = { status: number; headers: HeaderList; body: string; bodyBytes: number; cut: boolean };
/** The request as sent, secrets masked. */
export type SentRequest = { method: 'POST'; url: string; headers: HeaderList; body: string };

export type DeliveryErrorCode =
  | 'invalid_url'
  | 'address_not_allowed'
  | 'invalid_header'
  | 'body_not_json'
  | 'body_too_large'
  | 'integration_gone'
  | 'secret_gone'
  | 'name_not_found'
  | 'dns_failed'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'tls'
  | 'timed_out'
  | 'bad_response'
  | 'redirect'
  | 'http_status'
  | 'slack';

/** A plain sentence naming the cause, and where one is likely, the fix. */
export type DeliveryError = {
  code: DeliveryErrorCode;
  message: string;
  hint?: string;
  /** Names the refused address; shown to instance admins instead of `message`, to nobody else. */
  adminMessage?: string;
};

/** What one attempt came to. A customer's 503 is an outcome, not an exception. */
export type DeliveryOutcome = {
  kind: 'delivered' | 'try_again' | 'rejected';
  request: SentRequest;
  response?: ReceivedResponse;
  error?: DeliveryError;
  address?: string;
  timings: HttpTimings;
  retryAfterSeconds?: number;
  /** 410: the receiver asked for no more. */
  disablesTarget?: boolean;
  /** Connection refused within a second: worth one try at once. */
  refusedQuickly?: boolean;
};

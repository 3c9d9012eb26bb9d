import type { DeliveryError } from '#lib/domain/delivery-outcome.ts';
import type { ExchangeFailure } from './exchange.ts';

/** Puts a failed exchange into words: what happened, and the likely fix. */
export function describeFailure(failure: ExchangeFailure, host: string): DeliveryError {
  switch (failure.phase) {
    case 'judge': {
      const { code, message, adminMessage } = failure.refusal;
      return { code, message, ...(adminMessage !== message && { adminMessage }) };
    }
    case 'dns':
      return DNS[failure.code](host);
    case 'connect':
      return failure.error ? describeConnect(failure.error, host) : timedOut(`${host} did not accept a connection in time.`, FIREWALL);
    case 'tls':
      return failure.error ? describeTls(failure.error, host) : timedOut(`${host} did not finish the TLS handshake in time.`, OVERLOADED);
    case 'answer':
      return failure.error
        ? describeBroken(failure.error, host)
        : timedOut(`${host} accepted the request but did not answer in time.`, OVERLOADED);
  }
}

const FIREWALL = 'The service is down, or a firewall drops connections from Hookline.';
const OVERLOADED = 'Answer at once with 202 and do the work afterwards; or look for what keeps the service busy.';

const timedOut = (message: string, hint: string): DeliveryError => ({ code: 'timed_out', message, hint });

const DNS = {
  name_not_found: (host: string): DeliveryError => ({
    code: 'name_not_found',
    message: `The name ${host} was not found.`,
    hint: 'Check its spelling, and that it is in the DNS that Hookline uses.',
  }),
  dns_failed: (host: string): DeliveryError => ({
    code: 'dns_failed',
    message: `The DNS server failed to look up ${host}.`,
    hint: 'Often it passes. If not, check the DNS servers of the machine, or set HOOKLINE_DNS_SERVERS.',
  }),
  dns_timeout: (host: string): DeliveryError =>
    timedOut(`Looking up ${host} took too long.`, 'The DNS server is slow or not reachable from Hookline.'),
};

function describeConnect({ code }: NodeJS.ErrnoException, host: string): DeliveryError {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        code: 'refused',
        message: `${host} refused the connection.`,
        hint: 'Nothing listens on this port: start the service or correct the port in the URL.',
      };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
      return {
        code: 'unreachable',
        message: `There is no route to ${host}.`,
        hint: 'Check the network between Hookline and the receiver; a host with IPv6 alone needs IPv6 here too.',
      };
    case 'ETIMEDOUT':
      return timedOut(`${host} did not accept a connection in time.`, FIREWALL);
    case 'ECONNRESET':
      return { code: 'reset', message: `${host} closed the connection while it was being made.`, hint: FIREWALL };
    default:
      return { code: 'unreachable', message: `No connection to ${host} could be made${code ? ` (${code})` : ''}.` };
  }
}

const renew = 'Renew the certificate of the receiver.';
const chain = 'Install the full certificate chain on the receiver, or make its authority known to Hookline with NODE_EXTRA_CA_CERTS.';
/** By Node's and OpenSSL's codes: what is wrong with the certificate, and what to do. */
const CERTIFICATE: Readonly<Record<string, [what: string, hint: string]>> = {
  CERT_HAS_EXPIRED: ['has expired', renew],
  CERT_NOT_YET_VALID: ['is not valid yet', 'Check the clocks of the receiver and of Hookline.'],
  CERT_REVOKED: ['was revoked', renew],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['is self-signed', chain],
  SELF_SIGNED_CERT_IN_CHAIN: ['comes from an authority that is not trusted', chain],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['comes without its chain, or from an authority that is not trusted', chain],
  UNABLE_TO_GET_ISSUER_CERT: ['comes without its chain', chain],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['comes from an authority that is not trusted', chain],
  ERR_TLS_CERT_ALTNAME_INVALID: ['is for another name', 'Use the name in the certificate, or add this host to it.'],
};

function describeTls({ code = '', message }: NodeJS.ErrnoException, host: string): DeliveryError {
  const certificate = CERTIFICATE[code];
  if (certificate) return { code: 'tls', message: `The TLS certificate of ${host} ${certificate[0]}.`, hint: certificate[1] };
  if (code === 'ECONNRESET')
    return {
      code: 'tls',
      message: `${host} closed the connection during the TLS handshake.`,
      hint: 'Does this port speak TLS, for this host name?',
    };
  if (/wrong.version.number|packet length too long|http.request/i.test(`${code} ${message}`))
    return {
      code: 'tls',
      message: `${host} does not speak TLS on this port.`,
      hint: 'Correct the port, or put TLS in front of the service.',
    };
  if (/protocol.version|unsupported.protocol/i.test(`${code} ${message}`))
    return {
      code: 'tls',
      message: `${host} speaks only versions of TLS that are too old.`,
      hint: 'Enable TLS 1.2 or 1.3 on the receiver.',
    };
  return {
    code: 'tls',
    message: `The TLS handshake with ${host} failed${code ? ` (${code})` : ''}.`,
    hint: 'Check the TLS settings of the receiver.',
  };
}

function describeBroken({ code = '', name, message }: NodeJS.ErrnoException, host: string): DeliveryError {
  if (code === 'EINTERIM') return { code: 'bad_response', message: `${host} sent only interim answers (1xx) and no final one.` };
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { code: 'bad_response', message: `The headers of the answer of ${host} are too large.` };
  if (message === 'bad response' || message === 'bad upgrade')
    return { code: 'bad_response', message: `${host} answered 100 or 101, which nobody asked for, or more than one answer.` };
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return { code: 'bad_response', message: `The answer of ${host} contradicts itself about its length.` };
  if (name === 'HTTPParserError')
    return {
      code: 'bad_response',
      message: `${host} answered with something that is not HTTP.`,
      hint: 'Check the port in the URL: http and https may be mixed up.',
    };
  return {
    code: 'reset',
    message: `${host} closed the connection before it answered.`,
    hint: 'Its log should say why; a proxy in front of it may have given up.',
  };
}

const STATUS_HINTS: Readonly<Record<number, string>> = {
  400: 'The receiver did not like the payload: compare it with what its documentation asks for.',
  401: 'The receiver wants other credentials: check the access token, and that the signature uses the same secret on both sides.',
  403: 'The credentials are known but may not do this: check the permissions of the access token, or a firewall rule.',
  404: 'Check the path of the URL. Some services answer 404 when the access token may not see the object.',
  405: 'Hookline sends POST: this address expects another method.',
  408: 'The receiver waited too long for the request.',
  410: 'The receiver asked for no more deliveries. Correct the URL, then enable it again.',
  413: 'The payload is too large for the receiver: send less of it.',
  415: 'The receiver does not take JSON at this address.',
  422: 'The receiver did not like the payload: compare it with what its documentation asks for.',
  429: 'The receiver limits how often it may be called. Give the webhook a limit per minute.',
};

/** A status that is no success, in words. */
export function describeStatus(status: number, host: string): DeliveryError {
  if (status >= 300 && status < 400)
    return {
      code: 'redirect',
      message: `${host} answered ${status}, a redirect. Redirects are not followed.`,
      hint: 'Use the address in the Location header as the URL, if you trust it.',
    };
  const hint =
    STATUS_HINTS[status] ??
    (status >= 500 ? 'The service has a problem of its own, or the proxy in front of it cannot reach it.' : undefined);
  return { code: 'http_status', message: `${host} answered ${status}.`, ...(hint && { hint }) };
}

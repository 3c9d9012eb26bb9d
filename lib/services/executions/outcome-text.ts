import type { DeliveryError } from '#lib/domain/delivery-outcome.ts';
import type { Attempt, Execution } from '#lib/domain/execution.ts';

/** What became of an execution: a headline, one sentence, and where one is likely, what to do. */
export type OutcomeText = { title: string; text: string; hint: string | null };

type ToldAttempt = Pick<Attempt, 'durationMs' | 'response' | 'error' | 'try' | 'address' | 'request'>;
type Told = Pick<Execution, 'status' | 'reason' | 'try' | 'retry' | 'dueAt' | 'decision' | 'action' | 'manual'> & {
  attempts: readonly ToldAttempt[];
};

/** Where it goes, and whether the circuit breaker holds everything back from there. */
type ToldTarget = { name: string; paused: boolean };

export function outcomeText(execution: Told, target: ToldTarget): OutcomeText {
  const tries = execution.retry.delaysSeconds.length;
  const last = execution.attempts.at(-1);
  switch (execution.status) {
    case 'finished':
      return finished(execution, target.name, last);
    case 'skipped':
      return skipped(execution);
    case 'failed':
      return failed(execution, tries, last);
    case 'running':
      return {
        title: execution.attempts.length > 1 ? `Trying again, try ${execution.try} of ${tries}` : 'Being sent now',
        text: `Waiting for ${target.name} to answer; it has 15 seconds in all.`,
        hint: null,
      };
    case 'pending':
      return pending(execution, tries, target, last);
  }
}

function finished(execution: Told, targetName: string, last: ToldAttempt | undefined): OutcomeText {
  if (execution.action.kind === 'nothing') {
    return {
      title: 'Recorded, nothing was sent',
      text: 'The action of this automation is to do nothing: the event and the decision are kept.',
      hint: null,
    };
  }
  const status = last?.response ? `${targetName} answered ${last.response.status}` : `${targetName} accepted it`;
  // How long one request of several took is no answer to how long it took.
  const took = last?.durationMs == null || execution.attempts.length > 1 ? '' : ` in ${durationWords(last.durationMs)}`;
  const after = execution.attempts.length > 1 ? ` at attempt ${execution.attempts.length}` : '';
  const cut = last?.response?.cut ? ' Its answer was longer than what is kept, or did not end.' : '';
  return { title: `Delivered${took}`, text: `${status}${after}.${cut}`, hint: null };
}

const SKIP_TITLES: Record<string, string> = {
  cooldown: 'Skipped: within the cooldown',
  storm_guard: 'Skipped: too many firings in one minute',
  target_disabled: 'Skipped: the integration is disabled',
  target_gone: 'Skipped: the integration was deleted',
};
const SKIP_HINTS: Record<string, string> = {
  cooldown: 'Send it now if it matters, or shorten the automation’s cooldown.',
  storm_guard: 'Narrow the filter, or raise the automation’s firings per minute.',
  target_disabled: 'Enable the integration in Team settings, then send it now.',
  target_gone: 'Edit the automation and choose another integration.',
};

function skipped(execution: Told): OutcomeText {
  const because = execution.decision.kind === 'skip' ? execution.decision.because : '';
  return {
    title: SKIP_TITLES[because] ?? 'Skipped',
    text: execution.reason ?? 'It matched, but was held back.',
    hint: SKIP_HINTS[because] ?? null,
  };
}

function failed(execution: Told, tries: number, last: ToldAttempt | undefined): OutcomeText {
  const cause = causeOf(last);
  if (!cause) return { title: 'Failed before it was sent', text: execution.reason ?? 'It could not be sent.', hint: null };
  const hint = cause.hint ?? 'Once the receiver is well again, replay it.';
  if (execution.try < tries || tries === 1) return { ...cause, hint };
  return { title: `Given up after ${tries} tries`, text: `The last one: ${lowerFirst(cause.title)}. ${cause.text}`, hint };
}

function pending(execution: Told, tries: number, target: ToldTarget, last: ToldAttempt | undefined): OutcomeText {
  const cause = causeOf(last);
  if (target.paused) {
    const text = `${target.name} failed steadily: executions wait without using up tries, and one probe at a time shows when it is back.`;
    return {
      title: cause ? `${cause.title}; paused` : 'Waiting: the integration is paused',
      text,
      hint: cause?.hint ?? 'Is it well again? “Try now” sends the probe at once.',
    };
  }
  if (!cause)
    return { title: 'Waiting to be sent', text: execution.reason ?? `It goes to ${target.name} as soon as there is room.`, hint: null };
  return { ...cause, text: `${cause.text} ${Math.max(execution.try, 1)} of ${tries} tries failed.` };
}

/** What went wrong with an attempt: where, how fast, and why. */
function causeOf(attempt: ToldAttempt | undefined): OutcomeText | null {
  if (!attempt) return null;
  const { response, error } = attempt;
  if (response) {
    if (error?.code === 'slack') return { title: 'Refused by Slack', text: error.message, hint: error.hint ?? null }; // its refusals answer 200
    const text = statusSentence(response.status);
    return { title: `Answered ${response.status}`, text, hint: error?.hint ?? statusHint(response.status) };
  }
  if (error) return { title: errorTitle(attempt, error), text: errorSentence(attempt, error), hint: error.hint ?? null };
  return {
    title: 'Interrupted',
    text: 'The process that sent it stopped before the answer was recorded.',
    hint: 'It is tried again by itself.',
  };
}

const ERROR_TITLES: Partial<Record<DeliveryError['code'], string>> = {
  name_not_found: 'Name not found',
  dns_failed: 'Name could not be looked up',
  refused: 'Connection refused',
  unreachable: 'No route',
  reset: 'Connection broken',
  tls: 'TLS failed',
  timed_out: 'Timed out',
  bad_response: 'Not an HTTP answer',
  address_not_allowed: 'Address not allowed',
  invalid_url: 'URL not allowed',
  invalid_header: 'Access token cannot be sent',
  body_not_json: 'Body is not JSON',
  body_too_large: 'Body is too large',
  integration_gone: 'Integration gone',
  secret_gone: 'Secret gone',
};

/** "Connection refused by 203.0.113.7:443 after 12 ms". */
function errorTitle({ address, request, durationMs }: ToldAttempt, error: DeliveryError): string {
  const title = ERROR_TITLES[error.code] ?? 'Not delivered';
  const port = portOf(request?.url);
  const at = address === null ? '' : ` ${error.code === 'refused' ? 'by' : 'at'} ${address}${port === null ? '' : `:${port}`}`;
  return `${title}${at}${durationMs === null || address === null ? '' : ` after ${durationWords(durationMs)}`}`;
}

function errorSentence({ address, request }: ToldAttempt, error: DeliveryError): string {
  const host = URL.parse(request?.url ?? '')?.hostname;
  if (error.code !== 'refused' || address === null || !host) return error.message;
  return `${host} resolves to that address, but nothing accepts connections on port ${portOf(request?.url)}.`;
}

function portOf(text: string | undefined): string | null {
  const url = URL.parse(text ?? '');
  return url ? url.port || (url.protocol === 'http:' ? '80' : '443') : null;
}

function statusSentence(status: number): string {
  if (status === 410) return 'The receiver says that it is gone for good, so the webhook was disabled.';
  if (status >= 500) return 'The receiver was reached, but failed on its side.';
  if (status === 429) return 'The receiver asks for fewer requests.';
  if (status === 401 || status === 403) return 'The receiver was reached, but refused the credentials.';
  if (status === 404) return 'The receiver was reached, but knows nothing at this address.';
  if (status >= 300 && status < 400) return 'The receiver redirects elsewhere; redirects are never followed.';
  return 'The receiver was reached, but refused the request.';
}

function statusHint(status: number): string | null {
  if (status === 410) return 'Check the webhook’s URL, enable it, then replay.';
  if (status === 401 || status === 403) return 'Check the access token that the webhook uses.';
  if (status === 404) return 'Check the webhook’s URL.';
  if (status >= 300 && status < 400) return 'Use the address that it redirects to.';
  if (status === 400 || status === 422) return 'Look at its answer, then edit the payload.';
  return null;
}

/** "312 ms", "4.2 s". */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

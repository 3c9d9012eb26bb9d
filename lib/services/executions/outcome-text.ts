import type { Attempt, Execution } from '#lib/domain/execution.ts';

/** What became of an execution: a headline, one sentence, and where one is likely, what to do. */
export type OutcomeText = { title: string; text: string; hint: string | null };

type Told = Pick<Execution, 'status' | 'reason' | 'try' | 'retry' | 'dueAt' | 'decision' | 'action' | 'manual'> & {
  attempts: readonly Pick<Attempt, 'durationMs' | 'response' | 'error' | 'try'>[];
};

export function outcomeText(execution: Told, targetName: string): OutcomeText {
  const tries = execution.retry.delaysSeconds.length;
  const last = execution.attempts.at(-1);
  switch (execution.status) {
    case 'finished':
      return finished(execution, targetName, last);
    case 'skipped':
      return skipped(execution);
    case 'failed':
      return failed(execution, tries, last);
    case 'running':
      return {
        title: execution.attempts.length > 1 ? `Trying again, try ${execution.try} of ${tries}` : 'Being sent now',
        text: `Waiting for ${targetName} to answer; it has 15 seconds in all.`,
        hint: null,
      };
    case 'pending':
      return pending(execution, tries, targetName, last);
  }
}

function finished(execution: Told, targetName: string, last: Told['attempts'][number] | undefined): OutcomeText {
  if (execution.action.kind === 'nothing') {
    return {
      title: 'Recorded, nothing was sent',
      text: 'The action of this automation is to do nothing: the event and the decision are kept.',
      hint: null,
    };
  }
  const took = last?.durationMs == null ? '' : ` in ${durationWords(last.durationMs)}`;
  const status = last?.response ? `${targetName} answered ${last.response.status}` : `${targetName} accepted it`;
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

function failed(execution: Told, tries: number, last: Told['attempts'][number] | undefined): OutcomeText {
  const exhausted = execution.try >= tries && tries > 1;
  const cause = causeOf(last);
  if (!cause) {
    return { title: 'Failed before it was sent', text: execution.reason ?? 'It could not be sent.', hint: null };
  }
  return {
    title: exhausted ? `Given up after ${tries} tries` : cause.title,
    text: exhausted ? `The last one: ${lowerFirst(cause.title)}. ${cause.text}` : (execution.reason ?? cause.text),
    hint: cause.hint ?? 'Once the receiver is well again, replay it.',
  };
}

function pending(execution: Told, tries: number, targetName: string, last: Told['attempts'][number] | undefined): OutcomeText {
  const cause = causeOf(last);
  if (!cause)
    return { title: 'Waiting to be sent', text: execution.reason ?? `It goes to ${targetName} as soon as there is room.`, hint: null };
  const failedTries = Math.max(execution.try, 1);
  return { title: `${failedTries} of ${tries} tries failed: ${lowerFirst(cause.title)}`, text: cause.text, hint: cause.hint };
}

function causeOf(attempt: Told['attempts'][number] | undefined): OutcomeText | null {
  if (!attempt) return null;
  const { response, error } = attempt;
  if (error) {
    const [title, ...rest] = splitSentence(error.message);
    return { title: title!, text: rest.join(' ') || error.message, hint: error.hint ?? null };
  }
  if (response) return { title: `Answered ${response.status}`, text: statusSentence(response.status), hint: statusHint(response.status) };
  return {
    title: 'Interrupted',
    text: 'The process that sent it stopped before the answer was recorded.',
    hint: 'It is tried again by itself.',
  };
}

function splitSentence(message: string): string[] {
  const end = message.indexOf('. ');
  const first = end === -1 ? message : message.slice(0, end);
  return end === -1 ? [first.replace(/\.$/, '')] : [first, message.slice(end + 2)];
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

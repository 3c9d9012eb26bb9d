'use client';

import { Code, Snippet } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { HttpMessage } from '#components/ui/http-message.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { TimingBar } from '#components/ui/timing-bar.tsx';
import type { AttemptView, ExecutionView } from '#lib/contracts/automations.ts';
import type { RequestView } from '#lib/contracts/integrations.ts';
import { asCurl, shownHeadersOf, startLineOf } from './http-words.ts';
import { failedPhaseOf, phasesOf } from './timing-phases.ts';

/** What was sent, what came back and the event behind it, for one attempt or for what the next attempt would send. */
export function ExchangeTabs({ execution, attempt }: { execution: ExecutionView; attempt: AttemptView | undefined }) {
  const request = requestOf(execution, attempt);
  return (
    <Snippet>
      <Tabs
        panel
        label="What was sent and what came back"
        end={
          <>
            {attempt && <span className="max-sm:hidden">Try {attempt.try}</span>}
            {request && <CopyButton text={asCurl(request)} label="Copy as curl" />}
          </>
        }
        tabs={[
          {
            value: 'request',
            label: 'Request',
            content: request ? (
              <HttpMessage label="Request" startLine={startLineOf(request)} headers={shownHeadersOf(request)} body={request.body} pretty />
            ) : (
              <p className="p-3 text-small text-fg-2">This action sends nothing.</p>
            ),
          },
          {
            value: 'response',
            label: 'Response',
            count: attempt?.status ?? 'none',
            content: <Response attempt={attempt} />,
          },
          {
            value: 'event',
            label: 'Event',
            content: (
              <Code
                label="Event"
                text={JSON.stringify(execution.event.document, null, 2)}
                wrap
                className="max-h-[560px] overflow-y-auto px-3"
              />
            ),
          },
        ]}
      />
    </Snippet>
  );
}

function Response({ attempt }: { attempt: AttemptView | undefined }) {
  if (!attempt) return <p className="p-3 text-small text-fg-2">Nothing was sent yet.</p>;
  return (
    <>
      {attempt.timings && (
        <div className="border-b border-line p-3">
          <TimingBar
            phases={phasesOf(attempt.timings)}
            failedIn={
              attempt.error && attempt.status === undefined
                ? failedPhaseOf(attempt.timings, attempt.request.url, attempt.error.code)
                : undefined
            }
          />
        </div>
      )}
      {attempt.status === undefined ? (
        <p className="p-3 text-small text-fg-2">{attempt.error?.message ?? 'No answer yet.'}</p>
      ) : (
        <HttpMessage
          label="Response"
          startLine={`HTTP/1.1 ${attempt.status}`}
          headers={(attempt.headers ?? []).map(([name, value]) => ({ name, value }))}
          body={attempt.body}
          pretty
          truncated={attempt.cut}
        />
      )}
    </>
  );
}

function requestOf(execution: ExecutionView, attempt: AttemptView | undefined): RequestView | null {
  if (!attempt) return execution.request;
  const { url, headers, method = 'POST', body } = attempt.request;
  return { url, headers, method, body: body ?? execution.request?.body ?? '' };
}

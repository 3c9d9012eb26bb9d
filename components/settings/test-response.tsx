'use client';

import { failedPhaseOf, phasesOf } from '#components/executions/timing-phases.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Code } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatDuration } from '#components/ui/format-time.ts';
import { prettyJson } from '#components/ui/highlight.ts';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { TimingBar } from '#components/ui/timing-bar.tsx';
import type { TestResult } from '#lib/contracts/integrations.ts';
import { outcomeOf } from './test-outcome.ts';
import type { WebhookTest } from './use-webhook-test.ts';

/** What came back: status, where the time went, headers and body; or why nothing did, and what to do. */
export function TestResponse({ test }: { test: WebhookTest }) {
  const { shown, past, endpoint } = test;
  return (
    <section aria-labelledby="test-response" aria-busy={test.sending}>
      <div className="mb-2 flex min-h-6 flex-wrap items-center gap-2">
        <h3 id="test-response" className="text-small font-semibold">
          Response
        </h3>
        {shown && (
          <span className="text-meta text-fg-3">
            <RelativeTime at={shown.at} />
          </span>
        )}
        <Earlier past={past.map(({ result }) => result)} shown={shown} onShow={test.show} />
      </div>
      <div aria-live="polite">
        {shown ? (
          <ResultPanel result={shown} name={endpoint.name || 'the receiver'} />
        ) : (
          <div className="rounded-panel border border-line bg-panel px-4">
            <EmptyState size="inline" title={test.sending ? 'Waiting for the answer' : 'Nothing sent yet'}>
              {test.sending
                ? 'A receiver has 5 s to be reached and 15 s in all.'
                : 'Test webhook sends the request for real, once. It is kept out of the history.'}
            </EmptyState>
          </div>
        )}
      </div>
    </section>
  );
}

function Earlier({ past, shown, onShow }: { past: readonly TestResult[]; shown: TestResult | null; onShow: (id: string) => void }) {
  const others = past.filter(({ id }) => id !== shown?.id).slice(0, 4);
  if (others.length === 0) return null;
  return (
    <span className="ml-auto flex flex-wrap items-center gap-1.5 text-meta text-fg-3">
      Other tests
      {others.map((result) => {
        const { tone, chip } = outcomeOf(result);
        return (
          <button key={result.id} type="button" onClick={() => onShow(result.id)} className="rounded-xs">
            <Badge tone={tone}>{chip}</Badge>
          </button>
        );
      })}
    </span>
  );
}

/** One exchange: also beside the wizard. */
export function ResultPanel({ result, name }: { result: TestResult; name: string }) {
  const { response, error, timings, request } = result;
  const { tone, title, sentence } = outcomeOf(result);
  return (
    <div className="overflow-hidden rounded-panel border border-line bg-panel">
      <div className="grid gap-3 p-3">
        <div className="flex flex-wrap items-center gap-2.5">
          <Badge size="lg" tone={tone}>
            {title}
          </Badge>
          <span className="min-w-0 flex-1 text-small text-fg-2 wrap-anywhere">{sentence(name)}</span>
          <span className="text-small font-medium tabular-nums">{formatDuration(timings.totalMs)}</span>
        </div>
        {(response || timings.dnsMs !== undefined || timings.connectMs !== undefined) && (
          <TimingBar phases={phasesOf(timings)} failedIn={response ? undefined : failedPhaseOf(timings, request.url, error?.code)} />
        )}
        {error && (
          <Callout tone="danger" live={false}>
            <p className="font-medium">{error.message}</p>
            {error.hint && <p className="mt-0.5">{error.hint}</p>}
          </Callout>
        )}
      </div>
      {response && (
        <div className="border-t border-line">
          <Tabs
            panel
            label="Response"
            end={<span className="pr-2 text-fg-3">{bodyFacts(response)}</span>}
            tabs={[
              {
                value: 'body',
                label: 'Body',
                content:
                  response.body === '' ? (
                    <p className="p-3 text-small text-fg-2">The body is empty.</p>
                  ) : (
                    <Code
                      label="Response body"
                      language={isJson(response) ? 'json' : 'text'}
                      text={prettyJson(response.body)}
                      wrap
                      className="max-h-80 overflow-y-auto"
                    />
                  ),
              },
              {
                value: 'headers',
                label: 'Headers',
                count: response.headers.length,
                content: (
                  <div className="p-3">
                    <KeyValue mono items={response.headers.map(([key, value], index) => ({ key: `${index}`, label: key, value }))} />
                  </div>
                ),
              },
            ]}
          />
          {response.cut && <p className="border-t border-line px-3 py-2 text-meta text-fg-3">Only the first 64 KiB are kept.</p>}
        </div>
      )}
    </div>
  );
}

type Response = NonNullable<TestResult['response']>;
const contentType = ({ headers }: Response) => headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0];
const isJson = (response: Response) => /\bjson\b/.test(contentType(response) ?? '') || /^\s*[[{]/.test(response.body);

function bodyFacts(response: Response): string {
  const { bodyBytes } = response;
  const size = bodyBytes < 1024 ? `${bodyBytes} B` : `${(bodyBytes / 1024).toFixed(1)} KiB`;
  return [size, contentType(response)].filter(Boolean).join(', ');
}

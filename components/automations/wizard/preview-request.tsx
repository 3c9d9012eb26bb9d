'use client';

import { CircleX, Send, ShieldCheck } from 'lucide-react';
import { asCurl, shownHeadersOf, startLineOf } from '#components/executions/http-words.ts';
import { sizeOf } from '#components/settings/test-request.tsx';
import { ResultPanel } from '#components/settings/test-response.tsx';
import { Button } from '#components/ui/button.tsx';
import { Snippet } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { HttpMessage } from '#components/ui/http-message.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { ApiError } from '#lib/client/http.ts';
import type { PreviewView } from '#lib/contracts/automations.ts';
import { SlackPreview } from './slack-preview.tsx';
import type { RequestPreview } from './use-request-preview.ts';
import { useValues } from './wizard-form.ts';

/** The exact request for the chosen sample, and what came back when it was sent. */
export function PreviewRequest({ preview }: { preview: RequestPreview }) {
  const { action } = useValues();
  if (action.kind === 'nothing')
    return <p className="text-small text-fg-2">Nothing is sent. The event and the decision are kept in the history.</p>;
  return (
    <div className="flex flex-col gap-6">
      {action.kind === 'slack' && <SlackPreview preview={preview} />}
      {preview.data ? <Request data={preview.data} /> : preview.error ? <Failed preview={preview} /> : <SkeletonText lines={10} />}
      <TestSection preview={preview} />
    </div>
  );
}

function Failed({ preview }: { preview: RequestPreview }) {
  const refusal = preview.error instanceof ApiError ? preview.error : null;
  return (
    <ErrorState heading="h3" title="The request could not be made" requestId={refusal?.requestId ?? undefined} onRetry={preview.retry}>
      {preview.error?.message}
    </ErrorState>
  );
}

function Request({ data: { request, destination, problems } }: { data: PreviewView }) {
  if (!request) {
    const missing = problems.filter(({ severity, path }) => severity === 'error' && path[0] !== 'name'); // a later step asks for the name
    return (
      <div className="rounded-panel border border-line border-dashed p-4 text-small text-fg-2">
        <p>The request appears here once the action is complete.</p>
        {missing.length > 0 && (
          <ul className="list-disc pt-2 pl-5">
            {missing.slice(0, 5).map(({ path, message }) => (
              <li key={`${path.join('.')}-${message}`}>{message}</li>
            ))}
          </ul>
        )}
      </div>
    );
  }
  return (
    <Snippet
      head={
        <>
          {destination && (
            <span className="flex min-w-0 items-center gap-2">
              {destination.allowed ? (
                <ShieldCheck className="size-3.5 flex-none text-success" />
              ) : (
                <CircleX className="size-3.5 flex-none text-danger" />
              )}
              <span className="truncate" title={destination.text}>
                {destination.text}
              </span>
            </span>
          )}
          <span className="ml-auto flex-none">
            <CopyButton text={asCurl(request)} label="Copy as curl" />
          </span>
        </>
      }
      foot={<span>Body {sizeOf(request.body)} of 256 KiB</span>}
    >
      <HttpMessage label="Request" startLine={startLineOf(request)} headers={shownHeadersOf(request)} body={request.body} pretty />
    </Snippet>
  );
}

function TestSection({ preview: { test, refusal, sendTest, data } }: { preview: RequestPreview }) {
  const { action } = useValues();
  const result = test.data;
  const targetName = action.kind === 'slack' ? action.slack : action.webhook;
  return (
    <section aria-live="polite">
      <div className="flex items-center gap-2 pb-2">
        <h3 className="text-base font-semibold">Test result</h3>
        {result && (
          <span className="text-meta text-fg-2">
            sent <RelativeTime at={result.at} />
          </span>
        )}
        <span className="ml-auto">
          <Button
            size="sm"
            onClick={sendTest}
            loading={test.isPending}
            disabledReason={data?.request ? undefined : 'Complete the action first'}
          >
            <Send />
            Send test
          </Button>
        </span>
      </div>
      {refusal && (
        <p role="alert" className="text-small text-danger-text">
          {refusal.message}
        </p>
      )}
      {result && <ResultPanel result={result} name={targetName} />}
      {!result && !refusal && <p className="text-small text-fg-2">Sends this request for real. Tests are kept out of the history.</p>}
    </section>
  );
}

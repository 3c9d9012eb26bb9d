'use client';

import { ShieldCheck } from 'lucide-react';
import { asCurl, shownHeadersOf, startLineOf } from '#components/executions/http-words.ts';
import { Snippet } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { HttpMessage } from '#components/ui/http-message.tsx';
import type { RequestView } from '#lib/contracts/integrations.ts';

interface TestRequestProps {
  request: RequestView;
  /** `unsent`: the test ended before a connection stood. */
  state: 'coming' | 'sent' | 'unsent';
  address?: string;
}

/** The request as it will be sent, and after a test as it was sent. */
export function TestRequest({ request, state, address }: TestRequestProps) {
  return (
    <section aria-labelledby="test-request">
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 id="test-request" className="text-small font-semibold">
          Request
        </h3>
        <span className="text-meta text-fg-3">
          {{ sent: 'as it was sent', unsent: 'as it would have been sent', coming: 'as it will be sent' }[state]}
        </span>
        <span className="ml-auto flex items-center gap-2">
          {address && (
            <span className="flex items-center gap-1.5 text-meta text-fg-2">
              <ShieldCheck className="size-3.5 text-success" />
              {address}, allowed
            </span>
          )}
          <CopyButton text={asCurl(request)} label="Copy as curl" />
        </span>
      </div>
      <Snippet
        foot={
          <>
            <span>Body {sizeOf(request.body)} of 256 KiB</span>
            <span>Secrets are masked here and in the log</span>
          </>
        }
      >
        <HttpMessage label="Request" startLine={startLineOf(request)} headers={shownHeadersOf(request)} body={request.body} />
      </Snippet>
    </section>
  );
}

/** "123 B", "4.2 KiB". */
export function sizeOf(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

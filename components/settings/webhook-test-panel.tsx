'use client';

import { Send } from 'lucide-react';
import { useSearchKey } from '#components/layout/use-search-key.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { ApiError } from '#lib/client/http.ts';
import { FoldedSignatureChecker } from './signature-checker.tsx';
import { TestPayload } from './test-payload.tsx';
import { TestRequest } from './test-request.tsx';
import { TestResponse } from './test-response.tsx';
import { TestScripts } from './test-scripts.tsx';
import type { TestSubject } from './test-subject.ts';
import { useWebhookTest, type WebhookTest } from './use-webhook-test.ts';

interface WebhookTestPanelProps {
  team: string;
  subject: TestSubject;
  /** The host that was confirmed for a test, so that the form need not ask again. */
  onConfirmHost?: (host: string) => void;
  onClose: () => void;
}

/** Sends a payload for real and shows everything about it; kept out of the history. */
export function WebhookTestPanel({ team, subject, onConfirmHost, onClose }: WebhookTestPanelProps) {
  const test = useWebhookTest(team, subject);
  const apple = useSearchKey() === '⌘K';
  const { endpoint } = test;
  const request = test.sent ?? test.preview;
  return (
    <Sheet
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={`Test ${endpoint.name || 'webhook'}`}
      description={
        <span className="font-mono">
          POST {endpoint.url}
          {subject.kind === 'draft' && <span className="font-sans"> · not saved yet</span>}
        </span>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button below, from anywhere in the panel. */}
      <div
        className="grid min-h-full lg:grid-cols-2"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !test.sending) test.send();
        }}
      >
        <div className="flex min-w-0 flex-col gap-5 px-4 py-4 sm:px-6">
          <div>
            <TestPayload test={test} />
            <ConfirmHost test={test} onConfirmHost={onConfirmHost} />
            <div className="mt-2 flex items-center justify-end gap-2">
              <Kbd className="max-sm:hidden">{apple ? '⌘↵' : 'Ctrl ↵'}</Kbd>
              <Button variant="primary" loading={test.sending} onClick={test.send}>
                <Send />
                Test webhook
              </Button>
            </div>
          </div>
          <TestRequest
            request={request}
            state={test.sent === null ? 'coming' : test.shown?.address ? 'sent' : 'unsent'}
            address={test.sent ? test.shown?.address : undefined}
          />
          <FoldedSignatureChecker request={test.sent} />
        </div>
        <div className="flex min-w-0 flex-col gap-5 border-line bg-background px-4 py-4 max-lg:border-t sm:px-6 lg:border-l">
          <TestResponse test={test} />
          <TestScripts endpoint={endpoint} payload={request.body} />
        </div>
      </div>
    </Sheet>
  );
}

/** A refusal of the test itself; where a host must be named, the field to name it. */
function ConfirmHost({ test, onConfirmHost }: { test: WebhookTest; onConfirmHost?: (host: string) => void }) {
  const { error } = test;
  if (!error) return null;
  const issues = error instanceof ApiError ? error.issues : [];
  const ask = issues.find(({ path }) => path.at(-1) === 'confirmHost');
  if (!ask) {
    return (
      <Callout tone="danger" className="mt-2">
        {issues.length > 0 ? issues.map(({ message }) => message).join(' ') : error.message}
      </Callout>
    );
  }
  return (
    <Field label="Confirm host name" error={ask.message} className="mt-3">
      <Input
        mono
        autoComplete="off"
        spellCheck={false}
        value={test.confirmHost}
        onChange={(event) => {
          test.setConfirmHost(event.target.value);
          onConfirmHost?.(event.target.value);
        }}
      />
    </Field>
  );
}

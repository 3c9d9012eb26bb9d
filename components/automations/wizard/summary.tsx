'use client';

import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Words } from '#components/automations/words.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { AutomationDocument } from '#lib/domain/automation.ts';
import { describeInFull } from '#lib/domain/describe.ts';
import { toDocument } from './form-document.ts';
import { payloadProblems } from './form-issues.ts';
import type { Matches } from './use-matches.ts';
import type { RequestPreview } from './use-request-preview.ts';
import { useChosenWebhook, useValues } from './wizard-form.ts';

/** The whole rule in a sentence, and what is known of it before it is saved. */
export function Summary({ preview, matches }: { preview: RequestPreview; matches: Matches }) {
  const values = useValues();
  const { secrets } = useChosenWebhook(values.team, values.action.webhook);
  const parsed = AutomationDocument.safeParse({ ...toDocument(values), name: values.name.trim() || 'New automation' });
  const payload = values.action.kind === 'webhook' && values.action.payload.trim() !== '';
  const wrong = payload ? payloadProblems(values, secrets, preview.sampleValues).find(({ severity }) => severity === 'error') : undefined;
  const tested = preview.test.data;
  return (
    <section aria-labelledby="in-words" className="flex flex-col gap-2 border-t border-line pt-5">
      <h2 id="in-words" className="font-semibold">
        In words
      </h2>
      {parsed.success && (
        <p className="text-base leading-6 text-fg-2">
          <Words words={describeInFull(parsed.data)} />
        </p>
      )}
      <ul className="flex flex-col gap-1.5 pt-1 text-small text-fg-2">
        {payload && (
          <Item holds={!wrong}>
            {wrong ? `Payload, line ${wrong.line}: ${wrong.message}` : 'Payload is valid JSON with the sample event'}
          </Item>
        )}
        {values.action.kind !== 'nothing' &&
          (tested ? (
            <Item holds={(tested.response?.status ?? 0) >= 200 && (tested.response?.status ?? 0) < 300}>
              Test answered {tested.response?.status ?? 'nothing'}, <RelativeTime at={tested.at} />
            </Item>
          ) : (
            <Item>Not tested yet</Item>
          ))}
        {matches.data && <Item holds={matches.data.fired > 0 ? true : undefined}>{matches.data.summary}</Item>}
      </ul>
    </section>
  );
}

function Item({ holds, children }: { holds?: boolean; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2">
      {holds === undefined ? (
        <CircleDashed className="mt-0.5 size-3.5 flex-none text-fg-3" />
      ) : holds ? (
        <CircleCheck className="mt-0.5 size-3.5 flex-none text-success" />
      ) : (
        <CircleX className="mt-0.5 size-3.5 flex-none text-danger" />
      )}
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  );
}

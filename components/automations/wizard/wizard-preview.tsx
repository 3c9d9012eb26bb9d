'use client';

import dynamic from 'next/dynamic';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import type { RecentMatches } from '#lib/contracts/automations.ts';
import { PreviewEvent } from './preview-event.tsx';
import { SamplePicker } from './sample-picker.tsx';
import type { StepId } from './steps.ts';
import type { Matches } from './use-matches.ts';
import type { RequestPreview } from './use-request-preview.ts';

// As the later steps, these come with their own code, which the wizard asks for as soon as somebody is there.
export const loadLaterPreviews = {
  request: () => import('./preview-request.tsx').then(({ PreviewRequest: component }) => component),
  code: () => import('./preview-code.tsx').then(({ PreviewCode: component }) => component),
};
const loading = () => <SkeletonText lines={8} />;
const PreviewRequest = dynamic(loadLaterPreviews.request, { loading });
const PreviewCode = dynamic(loadLaterPreviews.code, { loading });

interface Previewed {
  step: StepId;
  actionKind: 'webhook' | 'slack' | 'nothing';
  matches: Matches;
  request: RequestPreview;
  recent: RecentMatches['events'];
}

/** What stands beside a step: what would have fired, the exact request, the automation as code. */
export function previewOf({ step, actionKind, matches, request, recent }: Previewed) {
  switch (step) {
    case 'event':
      return {
        previewTitle: 'What would have fired',
        previewSummary: matches.data?.summary ?? 'What would have fired',
        previewPending: matches.isFetching,
        preview: <PreviewEvent matches={matches} />,
      };
    case 'action': {
      const title = actionKind === 'slack' ? 'Message and request' : 'Exact request';
      return {
        previewTitle: title,
        previewSummary: (
          <>
            {title} <span className="pl-1 font-normal text-fg-2">{request.data?.destination?.text}</span>
          </>
        ),
        previewPending: request.pending,
        previewEnd: actionKind !== 'nothing' && (
          <SamplePicker
            sample={request.sample}
            onChange={request.setSample}
            events={recent.map(({ event }) => event)}
            current={request.data?.event.document}
          />
        ),
        preview: <PreviewRequest preview={request} />,
      };
    }
    case 'details':
      return { previewTitle: 'View as code', previewSummary: 'View as code', preview: <PreviewCode /> };
  }
}

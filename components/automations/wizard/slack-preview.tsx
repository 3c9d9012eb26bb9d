'use client';

import { cn } from '#components/ui/class-names.ts';
import { renderText } from '#lib/domain/text-template.ts';
import type { RequestPreview } from './use-request-preview.ts';
import { useValues } from './wizard-form.ts';

const BAR = { info: 'bg-info', warn: 'bg-warning', error: 'bg-danger' };

/** The message about as Slack shows it, with the sample's values. */
export function SlackPreview({ preview: { sampleValues, data } }: { preview: RequestPreview }) {
  const { action, name } = useValues();
  const title = renderText(action.title, sampleValues) || name || 'The automation’s name';
  const text = renderText(action.text, sampleValues) || data?.event.title || 'One line of the event';
  return (
    <section aria-label="Message" className="flex gap-3 rounded-panel border border-line bg-panel p-4">
      <span aria-hidden="true" className={cn('w-1 flex-none rounded-full', BAR[action.severity])} />
      <div className="min-w-0 text-small">
        <p className="font-semibold wrap-anywhere">{title}</p>
        <p className="whitespace-pre-wrap wrap-anywhere">{text}</p>
        <p className="pt-1 text-meta text-accent-text">Link to the run, version or execution</p>
      </div>
    </section>
  );
}

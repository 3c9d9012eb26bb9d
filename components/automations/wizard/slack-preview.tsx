'use client';

import { SlackCard } from '#components/settings/slack-card.tsx';
import { renderText } from '#lib/domain/text-template.ts';
import type { RequestPreview } from './use-request-preview.ts';
import { useValues } from './wizard-form.ts';

/** The message about as Slack shows it: what is typed is there at once, the rest as the server last made it. */
export function SlackPreview({ preview: { sampleValues, data } }: { preview: RequestPreview }) {
  const { action, name } = useValues();
  const made = data?.message;
  return (
    <section aria-label="Message">
      <SlackCard
        title={renderText(action.title, sampleValues) || name || 'The automation’s name'}
        text={renderText(action.text, sampleValues) || made?.text || 'One line of the event'}
        severity={action.severity}
        fields={made?.fields ?? []}
        link={made?.link.label ?? 'Link to the run, version or execution'}
      />
    </section>
  );
}

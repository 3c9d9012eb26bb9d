'use client';

import { useMemo } from 'react';
import { eventTitle } from '#lib/domain/event-words.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { renderText } from '#lib/domain/text-template.ts';
import { sampleValues } from './test-subject.ts';
import { useMe } from './use-me.ts';

/** The message as the channel would show it, for a run that failed. */
export function SlackMessagePreview({ template }: { template: string }) {
  const publicUrl = useMe()?.publicUrl ?? '';
  const at = useMemo(() => Date.now(), []);
  const filter = { states: ['failed' as const] };
  const { event } = sampleFor('run.state', { publicUrl, at, filter });
  const values = sampleValues('run.state', publicUrl, at);
  const text = renderText(template, values) || `${eventTitle(event, { filter })} in ${event.place.entity}/${event.place.project} by ana`;
  return (
    <figure>
      <figcaption className="mb-1.5 text-meta text-fg-3">Preview, for a run that failed</figcaption>
      <div className="rounded-control border border-line bg-background p-3">
        <div className="border-l-3 border-info pl-3 text-small">
          <p className="font-semibold">Name of the automation</p>
          <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
          <p className="mt-1 text-meta text-accent-text">Open run {'run' in event ? event.run.name : ''}</p>
        </div>
      </div>
    </figure>
  );
}

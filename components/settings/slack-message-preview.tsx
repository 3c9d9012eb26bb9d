'use client';

import { useMemo } from 'react';
import { eventMessage } from '#lib/domain/event-message.ts';
import { sampleFor } from '#lib/domain/sample-event.ts';
import { SlackCard } from './slack-card.tsx';
import { useMe } from './use-me.ts';

const RULE = { on: 'run.state' as const, filter: { states: ['failed' as const] } };

/** The message as the channel would show it, for a run that failed. */
export function SlackMessagePreview({ template }: { template: string }) {
  const publicUrl = useMe()?.publicUrl ?? '';
  const at = useMemo(() => Date.now(), []);
  const { event } = sampleFor(RULE.on, { publicUrl, at, filter: RULE.filter });
  const message = eventMessage(
    { title: '', text: '', severity: 'info' },
    { automation: { id: 0, name: 'Name of the automation' }, rule: RULE, executionId: 'exe_…', event, publicUrl },
    template,
  );
  return (
    <figure>
      <figcaption className="mb-1.5 text-meta text-fg-3">Preview, for a run that failed</figcaption>
      <SlackCard {...message} link={message.link.label} />
    </figure>
  );
}

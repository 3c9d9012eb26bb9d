import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { EventScreen } from '#components/explain/event-screen.tsx';
import { explainQueries } from '#lib/client/explain.ts';

export const metadata: Metadata = { title: 'Event' };

export default async function EventPage({ params }: { params: Promise<{ event: string }> }) {
  const { event } = await namesOf(params);
  return (
    <Prefetched subject={explainQueries.event(event)}>
      <EventScreen id={event} />
    </Prefetched>
  );
}

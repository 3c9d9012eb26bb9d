import type { Metadata } from 'next';
import { type Asked, deadLettersFirst } from '#app/server/first-lists.ts';
import { Prefetched } from '#app/server/prefetch.tsx';
import { DeadLettersScreen } from '#components/dead-letters/dead-letters-screen.tsx';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function DeadLettersPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const replayAt = asked.replay === 'new' ? Date.now() : undefined;
  return (
    <Prefetched also={deadLettersFirst(asked, replayAt)}>
      <DeadLettersScreen tab={asked.tab === 'replays' ? 'replays' : 'failed'} replayAt={replayAt} />
    </Prefetched>
  );
}

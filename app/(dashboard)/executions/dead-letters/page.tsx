import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { DeadLettersScreen } from '#components/dead-letters/dead-letters-screen.tsx';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function DeadLettersPage({ searchParams }: { searchParams: Promise<{ tab?: string }> }) {
  const { tab } = await searchParams;
  return (
    <Prefetched>
      <DeadLettersScreen tab={tab === 'replays' ? 'replays' : 'failed'} />
    </Prefetched>
  );
}

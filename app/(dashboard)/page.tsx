import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { HomeScreen } from '#components/home/home-screen.tsx';
import { homeQuery } from '#lib/client/executions.ts';

export const metadata: Metadata = { title: 'Home' };

export default function HomePage() {
  return (
    <Prefetched also={[homeQuery()]}>
      <HomeScreen />
    </Prefetched>
  );
}

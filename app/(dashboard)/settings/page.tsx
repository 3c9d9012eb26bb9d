import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { MySettingsScreen } from '#components/settings/my-settings-screen.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Your settings' };

export default function MySettingsPage() {
  return (
    <Prefetched also={[sessionQueries.apiKeys()]}>
      <MySettingsScreen />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { InviteForm } from '#components/identity/invite-form.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Join' };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <Prefetched also={[sessionQueries.invite(token)]}>
      <AuthPage title="Join Hookline">
        <InviteForm token={token} />
      </AuthPage>
    </Prefetched>
  );
}

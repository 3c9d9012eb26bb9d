import type { Metadata } from 'next';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ResetForm } from '#components/identity/reset-form.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Choose a new password' };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <Prefetched also={[sessionQueries.reset(token)]}>
      <AuthPage title="Choose a new password">
        <ResetForm token={token} />
      </AuthPage>
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readOnServer } from '#app/server/prefetch.tsx';
import { SetupForm } from '#components/identity/setup-form.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Set up Hookline' };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await searchParams;
  const setup = await readOnServer<{ tokenNeeded: boolean }>(sessionQueries.setup());
  if (!setup) notFound();
  return (
    <AuthPage size="md" title="Set up Hookline" description="One organization, one admin, one team. More can be added at any time.">
      {setup.tokenNeeded && !token && (
        <Callout tone="warning" className="mb-4">
          Open the address that the server printed at its start: it ends in a token that proves you may set it up.
        </Callout>
      )}
      <SetupForm token={token} />
    </AuthPage>
  );
}

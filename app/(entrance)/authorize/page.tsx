import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentPath, readOnServer } from '#app/server/prefetch.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { CreateApiKeyForm } from '#components/settings/create-api-key-form.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';

export const metadata: Metadata = { title: 'Create API key' };

/** The link that the client prints when it needs a key. */
export default async function AuthorizePage() {
  const me = await readOnServer<MeView>(sessionQueries.me());
  if (!me) redirect(`/login?next=${encodeURIComponent(await currentPath())}`);
  return (
    <AuthPage size="md" title="Create API key" description={`For the wandb client and other programs, signed in as ${me.username}.`}>
      <CreateApiKeyForm username={me.username} />
    </AuthPage>
  );
}

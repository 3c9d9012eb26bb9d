import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readOnServer } from '#app/server/prefetch.tsx';
import { SignInForm } from '#components/identity/sign-in-form.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { sessionQueries } from '#lib/client/session.ts';

export const metadata: Metadata = { title: 'Sign in' };

/** Only addresses of ours: what follows "next" comes from the address bar, so anybody may have written it. */
const ownPath = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next);
  if (await readOnServer(sessionQueries.me())) redirect(next);
  if (await readOnServer(sessionQueries.setup())) redirect('/setup');
  return (
    <AuthPage title="Sign in">
      <SignInForm next={next} />
    </AuthPage>
  );
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readOnServer } from '#app/server/prefetch.tsx';
import { SignInForm } from '#components/identity/sign-in-form.tsx';
import { AuthPage } from '#components/layout/auth-page.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { ownPath } from '#lib/domain/own-path.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = ownPath((await searchParams).next);
  if (await readOnServer(sessionQueries.me())) redirect(next);
  if (await readOnServer(sessionQueries.setup())) redirect('/setup');
  return (
    <AuthPage title="Sign in">
      <SignInForm next={next} />
    </AuthPage>
  );
}

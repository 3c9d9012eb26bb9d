import { PageNotFound } from '#components/layout/page-not-found.tsx';

export default function NotFound() {
  return (
    <main id="main" className="mx-auto min-h-dvh max-w-form px-4 py-16 sm:px-6">
      <PageNotFound />
    </main>
  );
}

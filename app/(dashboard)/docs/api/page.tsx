import type { Metadata } from 'next';
import { readApiReference } from '#app/server/api-reference.ts';
import { ApiReferenceScreen } from '#components/docs/api-reference-screen.tsx';

export const metadata: Metadata = { title: 'API reference' };

interface ApiReferencePageProps {
  searchParams: Promise<{ operation?: string | string[]; q?: string | string[] }>;
}

export default async function ApiReferencePage({ searchParams }: ApiReferencePageProps) {
  const { operation, q } = await searchParams;
  return <ApiReferenceScreen reference={await readApiReference()} operationId={String(operation ?? '')} search={String(q ?? '')} />;
}

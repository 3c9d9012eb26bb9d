import type { Metadata } from 'next';
import { ApiReferenceScreen } from '#components/docs/api-reference-screen.tsx';

export const metadata: Metadata = { title: 'API reference' };

export default function ApiReferencePage() {
  return <ApiReferenceScreen />;
}

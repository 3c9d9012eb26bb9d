import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { VersionPage } from '#app/server/version-page.tsx';

type Props = {
  params: Promise<{ name: string; collection: string; version: string; tab?: string[] }>;
  searchParams: Promise<{ organization?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { collection, version } = await params;
  return { title: `${decodeURIComponent(collection)}:${decodeURIComponent(version)}` };
}

export default async function RegistryVersionPage({ params, searchParams }: Props) {
  const { tab = [], ...names } = await params;
  const { name, ...version } = await namesOf(Promise.resolve(names));
  const { organization } = await searchParams;
  return <VersionPage version={{ at: { registry: name, organization }, ...version }} rest={tab} />;
}

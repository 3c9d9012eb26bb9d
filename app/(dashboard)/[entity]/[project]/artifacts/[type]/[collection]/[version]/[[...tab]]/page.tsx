import type { Metadata } from 'next';
import { namesOf } from '#app/server/names.ts';
import { VersionPage } from '#app/server/version-page.tsx';

type Props = {
  params: Promise<{ entity: string; project: string; type: string; collection: string; version: string; tab?: string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { collection, version } = await params;
  return { title: `${decodeURIComponent(collection)}:${decodeURIComponent(version)}` };
}

export default async function ProjectVersionPage({ params }: Props) {
  const { tab = [], ...names } = await params;
  const { entity, project, ...version } = await namesOf(Promise.resolve(names));
  return <VersionPage version={{ at: { entity, project }, ...version }} rest={tab} />;
}

import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Prefetched } from '#app/server/prefetch.tsx';
import { ORGANIZATION_SECTIONS } from '#components/settings/organization-sections.tsx';
import { OrganizationSettingsScreen } from '#components/settings/organization-settings-screen.tsx';
import { auditPath, organizationQueries } from '#lib/client/organizations.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { registryQueries } from '#lib/client/tracking.ts';
import { type OrganizationSection, pagePaths } from '#lib/domain/page-paths.ts';

type Props = { params: Promise<{ organization: string; section?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organization, section } = await params;
  const label = ORGANIZATION_SECTIONS.find(({ id }) => id === section?.[0])?.label ?? 'Settings';
  return { title: `${label} of ${decodeURIComponent(organization)}` };
}

export default async function OrganizationSettingsPage({ params }: Props) {
  const { organization, section: rest } = await params;
  const name = decodeURIComponent(organization);
  if (!rest) redirect(pagePaths.organizationSettings(name, 'members'));
  const section = ORGANIZATION_SECTIONS.find(({ id }) => id === rest[0]);
  if (!section || rest.length > 1) notFound();
  return (
    <Prefetched subject={organizationQueries.one(name)} also={listsOf(section.id, name)}>
      <OrganizationSettingsScreen name={name} section={section.id} />
    </Prefetched>
  );
}

function listsOf(section: OrganizationSection, name: string): Prefetchable[] {
  const group = { kind: 'organization' as const, name };
  switch (section) {
    case 'members':
      return [organizationQueries.members(group), organizationQueries.invites(group)];
    case 'teams':
      return [organizationQueries.teams(name)];
    case 'registries':
      return [registryQueries.all({ organization: name })];
    case 'audit-log':
      return [organizationQueries.audit(auditPath(group))];
  }
}

import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Prefetched, readOnServer } from '#app/server/prefetch.tsx';
import { INSTANCE_SECTIONS } from '#components/settings/instance-sections.tsx';
import { InstanceSettingsScreen } from '#components/settings/instance-settings-screen.tsx';
import { instanceQuery } from '#lib/client/instance.ts';
import { INSTANCE_AUDIT, organizationQueries } from '#lib/client/organizations.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { MeView } from '#lib/contracts/session.ts';
import { type InstanceSection, pagePaths } from '#lib/domain/page-paths.ts';

export const metadata: Metadata = { title: 'Instance settings' };

export default async function InstanceSettingsPage({ params }: { params: Promise<{ section?: string[] }> }) {
  const rest = (await params).section;
  const me = await readOnServer<MeView>(sessionQueries.me());
  if (me && !me.instanceAdmin) notFound();
  if (!rest) redirect(pagePaths.instanceSettings('users'));
  const section = INSTANCE_SECTIONS.find(({ id }) => id === rest[0]);
  if (!section || rest.length > 1) notFound();
  return (
    <Prefetched also={[instanceQuery(), ...listsOf(section.id)]}>
      <InstanceSettingsScreen section={section.id} />
    </Prefetched>
  );
}

function listsOf(section: InstanceSection): Prefetchable[] {
  if (section === 'users') return [organizationQueries.users()];
  if (section === 'organizations') return [organizationQueries.all()];
  return section === 'audit-log' ? [organizationQueries.audit(INSTANCE_AUDIT)] : [];
}

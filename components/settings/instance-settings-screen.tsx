'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Page } from '#components/layout/page.tsx';
import { SettingsLayout } from '#components/layout/settings-layout.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { instanceQuery } from '#lib/client/instance.ts';
import { INSTANCE_AUDIT } from '#lib/client/organizations.ts';
import { type InstanceSection, pagePaths } from '#lib/domain/page-paths.ts';
import { INSTANCE_SECTIONS } from './instance-sections.tsx';

const InstanceUsers = dynamic(() => import('./instance-users.tsx').then((module) => module.InstanceUsers));
const InstanceOrganizations = dynamic(() => import('./instance-organizations.tsx').then((module) => module.InstanceOrganizations));
const InstanceNetwork = dynamic(() => import('./instance-network.tsx').then((module) => module.InstanceNetwork));
const InstanceEncryption = dynamic(() => import('./instance-encryption.tsx').then((module) => module.InstanceEncryption));
const AuditSection = dynamic(() => import('./audit-section.tsx').then((module) => module.AuditSection));

/** For instance admins: who is here, and how this installation is set up. */
export function InstanceSettingsScreen({ section }: { section: InstanceSection }) {
  const instance = useQuery(instanceQuery()).data;
  return (
    <Page crumbs={[{ label: 'Instance settings' }]}>
      <PageHeader title="Instance settings" meta={instance ? [instance.publicUrl, `Hookline ${instance.version}`] : ['Hookline']} />
      <SettingsLayout
        label="Instance settings"
        sections={INSTANCE_SECTIONS.map(({ id, label, icon }) => ({ href: pagePaths.instanceSettings(id), label, icon }))}
      >
        {section === 'users' && <InstanceUsers />}
        {section === 'organizations' && <InstanceOrganizations />}
        {section === 'network' && <InstanceNetwork />}
        {section === 'encryption' && <InstanceEncryption />}
        {section === 'audit-log' && <AuditSection of="this instance" path={INSTANCE_AUDIT} exportable={false} />}
      </SettingsLayout>
    </Page>
  );
}

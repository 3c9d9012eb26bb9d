'use client';

import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { PageHeaderSkeleton } from '#components/layout/page-skeletons.tsx';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsLayout } from '#components/layout/settings-layout.tsx';
import { MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { auditPath, organizationQueries } from '#lib/client/organizations.ts';
import { type OrganizationSection, pagePaths } from '#lib/domain/page-paths.ts';
import { judge, roleMay } from '#lib/domain/permissions.ts';
import { ORGANIZATION_SECTIONS } from './organization-sections.tsx';
import { ROLE_LABELS } from './role-words.ts';
import { SectionRefused } from './section-refused.tsx';
import { useMe } from './use-me.ts';

const OrganizationTeams = dynamic(() => import('./organization-teams.tsx').then((module) => module.OrganizationTeams));
const OrganizationRegistries = dynamic(() => import('./organization-registries.tsx').then((module) => module.OrganizationRegistries));
const MembersSection = dynamic(() => import('./members-section.tsx').then((module) => module.MembersSection));
const AuditSection = dynamic(() => import('./audit-section.tsx').then((module) => module.AuditSection));
const DeleteOrganization = dynamic(() => import('./organization-dialogs.tsx').then((module) => module.DeleteOrganization));
const RenameOrganization = dynamic(() => import('./organization-dialogs.tsx').then((module) => module.RenameOrganization));

/** Members, teams and registries of an organization. */
export function OrganizationSettingsScreen({ name, section }: { name: string; section: OrganizationSection }) {
  const query = useQuery(organizationQueries.one(name));
  const me = useMe();
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  return (
    <Page
      crumbs={[
        { label: query.data?.name ?? name, href: `/projects?entity=${encodeURIComponent(name)}` },
        { label: 'Organization settings' },
      ]}
    >
      <QueryState query={query} what="The organization" loading={<PageHeaderSkeleton />}>
        {(organization) => {
          const { role } = organization;
          const standing = { role, manages: me?.instanceAdmin ?? false };
          const mayEdit = judge(standing, 'entities:edit') === 'allowed';
          return (
            <>
              <PageHeader
                title="Organization settings"
                meta={[
                  organization.displayName,
                  organization.name,
                  role ? `your role is ${ROLE_LABELS[role].toLowerCase()}` : 'you manage it without being a member',
                ]}
                menu={
                  mayEdit && (
                    <>
                      <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
                        Change display name
                      </MenuItem>
                      <MenuSeparator />
                      <MenuItem danger icon={<Trash2 />} onSelect={() => setOpen('delete')}>
                        Delete organization
                      </MenuItem>
                    </>
                  )
                }
              />
              <SettingsLayout
                label="Organization settings"
                sections={ORGANIZATION_SECTIONS.filter(({ admins }) => !admins || roleMay(role, 'audit:read')).map(
                  ({ id, label, icon }) => ({
                    href: pagePaths.organizationSettings(name, id),
                    label,
                    icon,
                  }),
                )}
              >
                {section === 'members' && <MembersSection group={{ kind: 'organization', name }} role={role} manages={standing.manages} />}
                {section === 'teams' && <OrganizationTeams organization={name} mayCreate={judge(standing, 'teams:create') === 'allowed'} />}
                {section === 'registries' && <OrganizationRegistries organization={name} role={role} />}
                {section === 'audit-log' &&
                  (roleMay(role, 'audit:read') ? (
                    <AuditSection of={name} path={auditPath({ kind: 'organization', name })} />
                  ) : (
                    <SectionRefused group={{ kind: 'organization', name }} section={{ label: 'Audit log', needs: 'audit:read' }} />
                  ))}
              </SettingsLayout>
              {open === 'rename' && <RenameOrganization organization={organization} onClose={() => setOpen(null)} />}
              {open === 'delete' && <DeleteOrganization name={name} onClose={() => setOpen(null)} />}
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { type Group, organizationQueries } from '#lib/client/organizations.ts';
import { PERMISSION_WORDS, type Permission } from '#lib/domain/permissions.ts';

/** A section that the reader came to by its address: why it stays closed, and who can help. */
export function SectionRefused({ group, section }: { group: Group; section: { label: string; needs: Permission } }) {
  return (
    <>
      <SettingsHeader title={section.label} />
      <EmptyState title={`You may not ${PERMISSION_WORDS[section.needs]}`}>
        <WhoCanHelp group={group} />
      </EmptyState>
    </>
  );
}

export function WhoCanHelp({ group }: { group: Group }) {
  const members = useQuery(organizationQueries.members(group)).data?.items ?? [];
  const admins = members.filter(({ role, serviceAccount }) => role === 'admin' && !serviceAccount).map(({ username }) => username);
  if (admins.length === 0) return <>An admin of {group.name} can help.</>;
  return (
    <>
      {admins.length === 1 ? 'The admin' : 'Admins'} of {group.name} can help: {admins.slice(0, 5).join(', ')}.
    </>
  );
}

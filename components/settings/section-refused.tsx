'use client';

import { useQuery } from '@tanstack/react-query';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { organizationQueries } from '#lib/client/organizations.ts';
import { PERMISSION_WORDS } from '#lib/domain/permissions.ts';
import type { Owner, TEAM_SECTIONS } from './team-sections.tsx';

/** A section that the reader came to by its address: why it stays closed, and who can help. */
export function SectionRefused({ owner, section }: { owner: Owner; section: (typeof TEAM_SECTIONS)[number] }) {
  return (
    <>
      <SettingsHeader title={section.label} />
      <EmptyState title={`You may not ${PERMISSION_WORDS[section.needs]}`}>
        <WhoCanHelp team={owner.name} />
      </EmptyState>
    </>
  );
}

export function WhoCanHelp({ team }: { team: string }) {
  const members = useQuery(organizationQueries.members({ kind: 'team', name: team })).data?.items ?? [];
  const admins = members.filter(({ role, serviceAccount }) => role === 'admin' && !serviceAccount).map(({ username }) => username);
  if (admins.length === 0) return <>An admin of {team} can help.</>;
  return (
    <>
      {admins.length === 1 ? 'The admin' : 'Admins'} of {team} can help: {admins.slice(0, 5).join(', ')}.
    </>
  );
}

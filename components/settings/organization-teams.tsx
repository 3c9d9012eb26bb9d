'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { z } from 'zod';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { organizationQueries } from '#lib/client/organizations.ts';
import type { TeamView } from '#lib/contracts/organizations.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { ROLE_LABELS } from './role-words.ts';

const CreateTeam = dynamic(() => import('./create-team.tsx').then((module) => module.CreateTeam));

/** Teams that the reader is in or manages. */
export function OrganizationTeams({ organization, mayCreate }: { organization: string; mayCreate: boolean }) {
  const teams = useQuery(organizationQueries.teams(organization));
  const [creating, setCreating] = useState(false);
  const create = mayCreate && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create team
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title="Teams"
        description="A team has projects, members, secrets and webhooks. Whoever makes one is its admin."
        action={create}
      />
      <QueryState query={teams} what="The teams" loading={<TeamTable />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No team yet" action={create}>
              You see the teams here that you are in or manage.
            </EmptyState>
          ) : (
            <InPieces items={items}>{(shown) => <TeamTable teams={shown} />}</InPieces>
          )
        }
      </QueryState>
      {creating && <CreateTeam organization={organization} onClose={() => setCreating(false)} />}
    </>
  );
}

function TeamTable({ teams }: { teams?: readonly z.infer<typeof TeamView>[] }) {
  return (
    <Table
      caption="Teams"
      items={teams}
      keyOf={(team) => team.name}
      loadingRows={3}
      columns={[
        { head: 'Team', bar: 'w-32', cell: (team) => <RowLink href={pagePaths.teamSettings(team.name)}>{team.name}</RowLink> },
        {
          head: 'Your role',
          width: 120,
          bar: 'w-16',
          className: 'text-fg-2',
          cell: (team) => (team.role ? ROLE_LABELS[team.role] : 'none'),
        },
        { head: 'Members', width: 96, align: 'right', hide: 'phone', bar: 'w-6', cell: (team) => team.members },
        { head: 'Projects', width: 96, align: 'right', hide: 'phone', bar: 'w-6', cell: (team) => team.projects },
        {
          head: 'Created',
          width: 112,
          align: 'right',
          hide: 'phone',
          bar: 'w-16',
          className: 'text-fg-2',
          cell: (team) => <RelativeTime at={team.createdAt} />,
        },
      ]}
    />
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { ApiKeyTable } from './api-key-table.tsx';
import { MyApiKeys } from './my-api-keys.tsx';
import { WhoCanHelp } from './section-refused.tsx';
import type { Owner } from './team-sections.tsx';

const NewApiKey = dynamic(() => import('./new-api-key.tsx').then((module) => module.NewApiKey));

/** Keys of the team's service accounts, for its admins; mine; and how to use one. */
export function ApiKeysSection({ owner }: { owner: Owner }) {
  const mayManage = roleMay(owner.role, 'keys:others');
  return (
    <>
      <SettingsHeader
        title="API keys"
        description="Scripts, CI and the wandb client sign in with a key. A key is shown once; only its hash is kept."
      />
      {mayManage ? (
        <ServiceAccounts team={owner.name} />
      ) : (
        <p className="text-small text-fg-2">
          Keys of {owner.name}’s service accounts are the admins’ matter. <WhoCanHelp group={{ kind: 'team', name: owner.name }} />
        </p>
      )}
      <MyApiKeys entity={owner.name} />
      <p className="pt-3 text-small text-fg-2">
        How scripts use one: <TextLink href={pagePaths.teamSettings(owner.name, 'connect')}>Connect</TextLink>
      </p>
    </>
  );
}

function ServiceAccounts({ team }: { team: string }) {
  const keys = useQuery(sessionQueries.apiKeys(team));
  const [creating, setCreating] = useState(false);
  const create = (
    <Button size="sm" onClick={() => setCreating(true)}>
      <Plus />
      New service account key
    </Button>
  );
  return (
    <section>
      <SectionHeader level={3} title="Service accounts" note="belong to the team and stay when people leave" end={create} />
      <QueryState query={keys} what="The keys of service accounts" loading={<ApiKeyTable caption="Keys of service accounts" owners />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState size="inline" title="No service account yet">
              Give CI and training jobs an account of their own, with a role in {team}.
            </EmptyState>
          ) : (
            <InPieces items={items}>{(shown) => <ApiKeyTable caption="Keys of service accounts" keys={shown} owners />}</InPieces>
          )
        }
      </QueryState>
      {creating && <NewApiKey entity={team} team={team} onClose={() => setCreating(false)} />}
    </section>
  );
}

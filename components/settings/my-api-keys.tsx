'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { SectionHeader } from '#components/ui/page-header.tsx';
import { sessionQueries } from '#lib/client/session.ts';
import { ApiKeyTable } from './api-key-table.tsx';

const NewApiKey = dynamic(() => import('./new-api-key.tsx').then((module) => module.NewApiKey));

/** Personal keys: they may do what their owner may. */
export function MyApiKeys({ entity, level = 3 }: { entity: string; level?: 2 | 3 }) {
  const keys = useQuery(sessionQueries.apiKeys());
  const [creating, setCreating] = useState(false);
  return (
    <section>
      <SectionHeader
        level={level}
        title="Your API keys"
        note="may do what you may"
        end={
          <Button size="sm" onClick={() => setCreating(true)}>
            <Plus />
            New API key
          </Button>
        }
      />
      <QueryState query={keys} what="Your API keys" loading={<ApiKeyTable caption="Your API keys" />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState size="inline" title="No API key yet">
              Make one to log runs with the wandb client or to call the REST API.
            </EmptyState>
          ) : (
            <InPieces items={items}>{(shown) => <ApiKeyTable caption="Your API keys" keys={shown} />}</InPieces>
          )
        }
      </QueryState>
      {creating && <NewApiKey entity={entity} onClose={() => setCreating(false)} />}
    </section>
  );
}

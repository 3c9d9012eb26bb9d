'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DotsKey } from '#components/ui/dots-strip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { automationQueries } from '#lib/client/automations.ts';
import { ApiError } from '#lib/client/http.ts';
import { sessionQueries } from '#lib/client/session.ts';
import type { Container } from '#lib/client/tracking.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { AutomationFilters, useAutomationFilters } from './automation-filters.tsx';
import { AutomationTable } from './automation-table.tsx';
import { BulkBar, useBulkSelection } from './bulk-bar.tsx';

const StartingPoints = dynamic(() => import('./starting-points.tsx').then((module) => module.StartingPoints));

interface AutomationListProps {
  /** Those of one project or registry; absent: all that I can see. */
  at?: Container;
  /** Where a new one would listen. */
  scope?: ScopeDocument;
  mayCreate: boolean;
  /** Beside the filters: the switch between list and history. */
  toolbar?: ReactNode;
}

/** List with filters, selection and its four states. */
export function AutomationList({ at, scope, mayCreate, toolbar }: AutomationListProps) {
  const filters = useAutomationFilters();
  const [values, set] = filters;
  const query = at ? automationQueries.in(at, values) : automationQueries.list(values);
  const list = useInfiniteQuery(query);
  const automations = list.data?.pages.flatMap((page) => page.items);
  const me = useQuery(sessionQueries.me()).data;
  const filtered = Object.values(values).some(Boolean);
  const selection = useBulkSelection(automations);

  if (list.isError)
    return (
      <ErrorState
        title="The automations could not be read"
        requestId={list.error instanceof ApiError ? (list.error.requestId ?? undefined) : undefined}
        onRetry={() => list.refetch()}
      >
        {list.error.message}
      </ErrorState>
    );
  if (automations?.length === 0 && !filtered) return <StartingPoints scope={scope} mayCreate={mayCreate} toolbar={toolbar} />;
  const clear = () => void set({ q: null, status: null, on: null, action: null, owner: null, scope: null });
  return (
    <>
      <AutomationFilters
        filters={filters}
        automations={automations ?? []}
        entities={at ? undefined : me?.entities}
        start={toolbar}
        end={automations && countWords(automations, list.hasNextPage, at !== undefined)}
      />
      <BulkBar selection={selection} />
      {automations?.length === 0 ? (
        <EmptyState title="No automation matches" action={<Button onClick={clear}>Clear filters</Button>}>
          Other filters, or fewer, may find it.
        </EmptyState>
      ) : (
        <>
          <AutomationTable automations={automations} selection={selection} />
          <LoadMore start={<DotsKey />} {...nextPageOf(list)} />
        </>
      )}
    </>
  );
}

/** Of a place's list it says how many listen more widely: the place's own number counts only those that are its own. */
function countWords(automations: readonly AutomationView[], more: boolean, ofPlace: boolean): string {
  const total = `${automations.length}${more ? '+' : ''} ${automations.length === 1 && !more ? 'automation' : 'automations'}`;
  const wide = ofPlace ? automations.filter(({ scope }) => 'team' in scope || 'organization' in scope).length : 0;
  return wide === 0 ? total : `${total}, ${wide} of a wider scope`;
}

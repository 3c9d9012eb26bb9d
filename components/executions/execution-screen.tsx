'use client';

import { useQuery } from '@tanstack/react-query';
import { Page } from '#components/layout/page.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { isRefusal } from '#lib/client/http.ts';
import { ExecutionActions } from './execution-actions.tsx';
import { ExecutionDetail } from './execution-detail.tsx';
import { ExecutionError } from './execution-error.tsx';

/** One execution on a page of its own: the deep link that messages and receivers carry. */
export function ExecutionScreen({ id }: { id: string }) {
  const execution = useQuery({
    ...executionQueries.one(id),
    refetchInterval: ({ state }) => (state.data && ['pending', 'running'].includes(state.data.status) ? 2000 : false),
  });
  const shown = isRefusal(execution.error) ? undefined : execution.data;
  const name = shown?.automation;
  return (
    <Page
      width="form"
      crumbs={[
        { label: 'Automations', href: '/automations' },
        ...(name ? [{ label: name.name, href: name.deleted ? undefined : name.href }] : []),
        { label: id },
      ]}
    >
      <div className="flex flex-wrap items-center gap-2 pt-5 pb-4">
        <h1 className="sr-only">Execution {id}</h1>
        <CopyText text={id} label="execution id" />
        <span className="ml-auto flex items-center gap-1">{shown && <ExecutionActions execution={shown} />}</span>
      </div>
      <div className="flex flex-col gap-5">
        {execution.isPending && <SkeletonText lines={12} />}
        {execution.isError && !shown && <ExecutionError error={execution.error} onRetry={() => execution.refetch()} />}
        {shown && <ExecutionDetail execution={shown} />}
      </div>
    </Page>
  );
}

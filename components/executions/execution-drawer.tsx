'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Drawer } from '#components/layout/list-with-drawer.tsx';
import { CopyText } from '#components/ui/copy-button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { executionQueries } from '#lib/client/executions.ts';
import { isRefusal } from '#lib/client/http.ts';
import { ExecutionActions } from './execution-actions.tsx';
import { ExecutionDetail } from './execution-detail.tsx';
import { ExecutionError } from './execution-error.tsx';

interface ExecutionDrawerProps {
  id: string;
  onClose: () => void;
  onPrevious?: () => void;
  onNext?: () => void;
}

export function ExecutionDrawer({ id, onClose, onPrevious, onNext }: ExecutionDrawerProps) {
  const execution = useQuery({
    ...executionQueries.one(id),
    // The stream says when it changes; this covers a lost stream while something is unfinished.
    refetchInterval: ({ state }) => (state.data && ['pending', 'running'].includes(state.data.status) ? 5000 : false),
  });
  const shown = isRefusal(execution.error) ? undefined : execution.data;
  return (
    <Drawer
      label={`Execution ${id}`}
      onClose={onClose}
      start={
        <>
          <IconButton label="Previous execution" size="sm" onClick={onPrevious} disabled={!onPrevious}>
            <ChevronUp />
          </IconButton>
          <IconButton label="Next execution" size="sm" onClick={onNext} disabled={!onNext}>
            <ChevronDown />
          </IconButton>
          <CopyText text={id} label="execution id" />
        </>
      }
      actions={shown && <ExecutionActions execution={shown} />}
    >
      {execution.isPending && <SkeletonText lines={12} />}
      {execution.isError && !shown && <ExecutionError error={execution.error} onRetry={() => execution.refetch()} />}
      {shown && <ExecutionDetail key={id} execution={shown} />}
    </Drawer>
  );
}

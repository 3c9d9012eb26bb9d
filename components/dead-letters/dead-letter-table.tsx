'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { TargetName } from '#components/executions/target-name.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, Table } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast.ts';
import { replayExecution } from '#lib/client/executions.ts';
import { apiKey } from '#lib/client/query.ts';
import type { ExecutionRow } from '#lib/contracts/automations.ts';
import { FAILURE_CAUSES } from '#lib/domain/failure-causes.ts';

interface DeadLetterTableProps {
  /** Absent while they load. */
  rows?: readonly ExecutionRow[];
  mayReplay?: boolean;
  /** The one whose drawer is open. */
  open?: string | null;
  hrefOf?: (id: string) => string;
}

/** What failed for good, with why, how often it was tried, and the button that sends it again. */
export function DeadLetterTable({ rows, mayReplay = false, open = null, hrefOf = () => '' }: DeadLetterTableProps) {
  return (
    <Table
      caption="Dead letters"
      rows="two"
      items={rows}
      keyOf={(row) => row.id}
      selected={(row) => row.id === open}
      loadingRows={6}
      columns={[
        {
          head: 'Execution',
          bar: 'w-48',
          cell: (row) => (
            <>
              <RowLink href={hrefOf(row.id)} scroll={false}>
                {row.automation.name}
                {row.automation.deleted && <span className="font-normal text-fg-3"> (deleted)</span>}
              </RowLink>
              <span className="block truncate text-fg-2">{row.title}</span>
              <span className="mt-1 hidden @max-[680px]:block">
                <Cause row={row} />
              </span>
            </>
          ),
        },
        { head: 'Sent to', width: 200, hide: 'narrow', bar: 'w-28', cell: (row) => <TargetName {...row.target} /> },
        {
          head: 'Why it failed',
          width: 300,
          hide: 'phone',
          bar: 'w-40',
          cell: (row) => (
            <>
              <Cause row={row} />
              <span className="block truncate text-meta text-fg-2" title={row.reason ?? undefined}>
                {row.reason}
              </span>
            </>
          ),
        },
        { head: 'Tries', width: 72, align: 'right', hide: 'narrow', bar: 'w-6', className: 'text-fg-2', cell: (row) => row.failedTries },
        {
          head: 'Failed',
          width: 104,
          align: 'right',
          bar: 'w-14',
          className: 'text-fg-2',
          cell: (row) => <RelativeTime at={row.finishedAt ?? row.createdAt} />,
        },
        mayReplay && { head: 'Actions', width: 124, align: 'right', silent: true, cell: (row) => <ReplayOne row={row} /> },
      ]}
    />
  );
}

function Cause({ row }: { row: ExecutionRow }) {
  return (
    <Badge tone="danger" icon={null}>
      {row.cause === null ? 'Failed' : FAILURE_CAUSES[row.cause].label}
      {row.lastStatus !== null && <span className="pl-1 font-normal tabular-nums">{row.lastStatus}</span>}
    </Badge>
  );
}

function ReplayOne({ row }: { row: ExecutionRow }) {
  const client = useQueryClient();
  const replay = useMutation({
    ...replayExecution(client),
    onSuccess: () => {
      toast.success(`Sent to ${row.target.name} again`);
      return client.invalidateQueries({ queryKey: apiKey('/dead-letters') });
    },
    onError: (error) => void toast.error(error.message),
  });
  return (
    <Button size="sm" className="relative" loading={replay.isPending} onClick={() => replay.mutate({ id: row.id })}>
      <RotateCcw />
      Replay<span className="sr-only"> {row.title}</span>
    </Button>
  );
}

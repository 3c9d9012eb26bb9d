'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { TargetName } from '#components/executions/target-name.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
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
    <Table caption="Dead letters" rows="two">
      <TableHead>
        <Th>Execution</Th>
        <Th width={200} hide="narrow">
          Sent to
        </Th>
        <Th width={300} hide="phone">
          Why it failed
        </Th>
        <Th width={72} align="right" hide="narrow">
          Tries
        </Th>
        <Th width={104} align="right">
          Failed
        </Th>
        {mayReplay && (
          <Th width={124} align="right" silent>
            Actions
          </Th>
        )}
      </TableHead>
      <TableBody>
        {rows ? (
          rows.map((row) => <Row key={row.id} row={row} href={hrefOf(row.id)} current={row.id === open} mayReplay={mayReplay} />)
        ) : (
          <SkeletonRows
            rows={6}
            columns={[
              { width: 'w-48' },
              { width: 'w-28', hide: 'narrow' },
              { width: 'w-40', hide: 'phone' },
              { width: 'w-6', align: 'right', hide: 'narrow' },
              { width: 'w-14', align: 'right' },
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}

function Row({ row, href, current, mayReplay }: { row: ExecutionRow; href: string; current: boolean; mayReplay: boolean }) {
  return (
    <Tr selected={current}>
      <Td>
        <RowLink href={href} scroll={false}>
          {row.automation.name}
          {row.automation.deleted && <span className="font-normal text-fg-3"> (deleted)</span>}
        </RowLink>
        <span className="block truncate text-fg-2">{row.title}</span>
        <span className="mt-1 hidden @max-[680px]:block">
          <Cause row={row} />
        </span>
      </Td>
      <Td hide="narrow">
        <TargetName {...row.target} />
      </Td>
      <Td hide="phone">
        <Cause row={row} />
        <span className="block truncate text-meta text-fg-2" title={row.reason ?? undefined}>
          {row.reason}
        </span>
      </Td>
      <Td align="right" hide="narrow" className="text-fg-2">
        {row.failedTries}
      </Td>
      <Td align="right" className="text-fg-2">
        <RelativeTime at={row.finishedAt ?? row.createdAt} />
      </Td>
      {mayReplay && (
        <Td align="right">
          <ReplayOne row={row} />
        </Td>
      )}
    </Tr>
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

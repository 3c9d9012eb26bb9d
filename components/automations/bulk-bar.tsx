'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { toast } from '#components/ui/toast.ts';
import { bulkAutomations } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';

export type BulkSelection = { ids: ReadonlySet<string>; onChange: (id: string, selected: boolean) => void; clear: () => void };

/** What is selected among the rows shown; rows that go away leave the selection with them. */
export function useBulkSelection(shown: readonly AutomationView[] | undefined): BulkSelection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = new Set(shown?.filter(({ id }) => chosen.has(id)).map(({ id }) => id));
  return {
    ids,
    clear: () => setChosen(new Set()),
    onChange: (id, selected) =>
      setChosen((before) => {
        const next = new Set(before);
        if (selected) next.add(id);
        else next.delete(id);
        return next;
      }),
  };
}

/** Above the list while something is selected. */
export function BulkBar({ selection }: { selection: BulkSelection }) {
  const [asking, setAsking] = useState(false);
  const bulk = useMutation({
    ...bulkAutomations(useQueryClient()),
    onSuccess: ({ done, refused }) => {
      setAsking(false);
      selection.clear();
      toast.success(`${done.length} ${done.length === 1 ? 'automation' : 'automations'} changed`);
      if (refused[0]) toast.error(`${refused.length} left as they were: ${refused[0].message}`);
    },
    onError: (error) => void toast.error(error.message),
  });
  const count = selection.ids.size;
  if (count === 0) return null;
  const run = (action: 'enable' | 'disable' | 'delete') => bulk.mutate({ ids: [...selection.ids], action });
  return (
    <div
      role="toolbar"
      aria-label="Selected automations"
      className="mb-2 flex items-center gap-2 rounded-control bg-accent-tint px-3 py-1.5 text-small"
    >
      <span className="mr-auto tabular-nums">{count} selected</span>
      <Button size="sm" onClick={() => run('enable')}>
        Enable
      </Button>
      <Button size="sm" onClick={() => run('disable')}>
        Disable
      </Button>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Button size="sm" variant="ghost" onClick={selection.clear}>
        Clear
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        danger
        title={`Delete ${count} ${count === 1 ? 'automation' : 'automations'}?`}
        description="They stop firing. Executions already queued still go out, and the history stays."
        confirmLabel="Delete"
        pending={bulk.isPending}
        onConfirm={() => run('delete')}
      />
    </div>
  );
}

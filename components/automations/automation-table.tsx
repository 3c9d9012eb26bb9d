'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { SkeletonRows, Table, TableBody, TableHead, Th } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteAutomation } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { describeTrigger } from '#lib/domain/describe.ts';
import { AutomationRow } from './automation-row.tsx';
import { Words } from './words.tsx';

interface AutomationTableProps {
  /** Absent while they load. */
  automations?: readonly AutomationView[];
  showScope?: boolean;
  selection?: { ids: ReadonlySet<string>; onChange: (id: string, selected: boolean) => void };
}

/** Rules as rows: on or off, what in a sentence, where, how the last 20 went, when, whose. */
export function AutomationTable({ automations, showScope = true, selection }: AutomationTableProps) {
  const [deleting, setDeleting] = useState<AutomationView | null>(null);
  return (
    <>
      <Table caption="Automations" rows="two">
        <TableHead>
          <Th width={64} silent>
            Enabled
          </Th>
          <Th>Automation</Th>
          {showScope && (
            <Th width={136} hide="narrow">
              Scope
            </Th>
          )}
          <Th width={184} hide="phone">
            Last 20 executions
          </Th>
          <Th width={104} align="right" hide="phone">
            Last fired
          </Th>
          <Th width={104} hide="narrow">
            Owner
          </Th>
          <Th width={58} silent>
            Actions
          </Th>
        </TableHead>
        <TableBody>
          {automations ? (
            automations.map((automation) => (
              <AutomationRow
                key={automation.id}
                automation={automation}
                showScope={showScope}
                onDelete={setDeleting}
                selection={
                  selection && {
                    selected: selection.ids.has(automation.id),
                    any: selection.ids.size > 0,
                    onChange: (selected) => selection.onChange(automation.id, selected),
                  }
                }
              />
            ))
          ) : (
            <SkeletonRows
              columns={[
                { width: 'w-8' },
                { width: 'w-64' },
                ...(showScope ? [{ width: 'w-20', hide: 'narrow' as const }] : []),
                { width: 'w-40', hide: 'phone' },
                { width: 'w-16', align: 'right', hide: 'phone' },
                { width: 'w-16', hide: 'narrow' },
                { width: '' },
              ]}
            />
          )}
        </TableBody>
      </Table>
      {deleting && <DeleteAutomation automation={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

/** Says what stops, and what does not: executions already queued go out. */
export function DeleteAutomation({
  automation,
  onClose,
  onDeleted,
}: {
  automation: AutomationView;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const remove = useMutation({
    ...deleteAutomation(useQueryClient()),
    onSuccess: () => {
      toast.success(`Deleted ${automation.name}`);
      onClose();
      onDeleted?.();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete ${automation.name}?`}
      description="It stops firing. Executions already queued still go out, and the history stays."
      confirmLabel="Delete"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(automation.id)}
    >
      <p className="text-small text-fg-2">
        <Words words={describeTrigger(automation)} />
      </p>
    </ConfirmDialog>
  );
}

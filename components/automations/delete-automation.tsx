'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteAutomation } from '#lib/client/automations.ts';
import type { AutomationView } from '#lib/contracts/automations.ts';
import { describeTrigger } from '#lib/domain/describe.ts';
import { Words } from './words.tsx';

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

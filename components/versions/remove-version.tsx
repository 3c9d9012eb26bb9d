import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteVersion } from '#lib/client/tracking.ts';
import type { VersionDialogProps } from './version-dialog.tsx';

/** Deletes a version where it was made; where it is linked, takes the link away. */
export function RemoveVersion({ at, type, collection, version, onClose, onRemoved }: VersionDialogProps) {
  const { linked } = version;
  const remove = useMutation({
    ...deleteVersion(useQueryClient(), at, collection, type),
    onSuccess: () => {
      toast.success(linked ? `Unlinked ${version.version}` : `Deleted ${version.version}`);
      onClose();
      onRemoved?.();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(next) => !next && onClose()}
      danger
      title={linked ? `Unlink ${collection}:${version.version}?` : `Delete ${collection}:${version.version}?`}
      description={
        linked
          ? 'It leaves this collection with its aliases here; the source version stays. Automations that wait for unlinking fire.'
          : `Its files and aliases${version.linkedTo.length ? `, and its ${version.linkedTo.length} links elsewhere,` : ''} go with it.`
      }
      confirmLabel={linked ? 'Unlink' : 'Delete version'}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ version: version.version, force: true })}
    />
  );
}

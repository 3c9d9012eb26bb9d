'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { deleteTeam } from '#lib/client/organizations.ts';

export function DeleteTeam({ name, onClose }: { name: string; onClose: () => void }) {
  const router = useRouter();
  const remove = useMutation(deleteTeam(useQueryClient()));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the team ${name}?`}
      description="Its projects with their runs, files and automations go with it, and its secrets, webhooks and Slack channels. Automations elsewhere that use those stay, but their firings are skipped."
      confirmLabel="Delete team"
      typeToConfirm={name}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ name, force: true }, { onSuccess: () => router.push('/') })}
    />
  );
}

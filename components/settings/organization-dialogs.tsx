'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { z } from 'zod';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { deleteOrganization, updateOrganization } from '#lib/client/organizations.ts';
import type { OrganizationView } from '#lib/contracts/organizations.ts';

export function RenameOrganization({ organization, onClose }: { organization: z.infer<typeof OrganizationView>; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(organization.displayName);
  const update = useMutation({ ...updateOrganization(useQueryClient(), organization.name) });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Change display name">
      <DialogForm
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ displayName }, { onSuccess: onClose });
        }}
        submit="Save name"
        pending={update.isPending}
      >
        <Field
          label="Display name"
          hint={`Addresses and documents go on with ${organization.name}.`}
          error={update.error?.message ?? (displayName.trim() === '' ? 'Give the organization a name.' : undefined)}
        >
          <Input value={displayName} maxLength={128} onChange={(event) => setDisplayName(event.target.value)} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

export function DeleteOrganization({ name, onClose }: { name: string; onClose: () => void }) {
  const router = useRouter();
  const remove = useMutation(deleteOrganization(useQueryClient()));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the organization ${name}?`}
      description="Its teams and registries go with it, with their projects, runs, files, automations, secrets and webhooks. Users stay."
      confirmLabel="Delete organization"
      typeToConfirm={name}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ name, force: true }, { onSuccess: () => router.push('/') })}
    />
  );
}

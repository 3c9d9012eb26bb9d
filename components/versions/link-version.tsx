'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { toast } from '#components/ui/toast.ts';
import { TokenInput } from '#components/ui/token-input.tsx';
import { linkVersion, registryQueries } from '#lib/client/tracking.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { VersionDialogProps } from './version-dialog.tsx';

/** Links a project's version into a registry's collection, which comes into being with its first link. */
export function LinkVersion({ at, type, collection, version, onClose }: VersionDialogProps) {
  const registries = useQuery(registryQueries.all());
  const open =
    registries.data?.items.filter(
      ({ role, artifactTypes }) => roleMay(role, 'artifacts:write') && (!artifactTypes || !type || artifactTypes.includes(type)),
    ) ?? [];
  const [chosen, setChosen] = useState<string>();
  const [target, setTarget] = useState(collection);
  const [aliases, setAliases] = useState<string[]>([]);
  const registry = open.find((candidate) => keyOf(candidate) === (chosen ?? (open[0] && keyOf(open[0]))));
  const link = useMutation({
    ...linkVersion(useQueryClient(), at, collection, type),
    onSuccess: () => {
      toast.success(`Linked to ${registry?.name}/${target}`);
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={`Link ${collection}:${version.version} to a registry`}>
      <DialogForm
        onSubmit={() => {
          if (registry)
            link.mutate({
              version: version.version,
              registry: registry.name,
              organization: registry.organization,
              collection: target,
              aliases,
            });
        }}
        submit="Link"
        pending={link.isPending}
        disabledReason={registry ? undefined : 'Choose a registry first.'}
      >
        <Field
          label="Registry"
          hint={registries.data && open.length === 0 ? `No registry that you may write takes the type ${type}.` : undefined}
        >
          <Select
            value={registry && keyOf(registry)}
            onChange={setChosen}
            placeholder="Choose a registry"
            options={open.map((candidate) => ({ value: keyOf(candidate), label: candidate.name, description: candidate.organization }))}
          />
        </Field>
        <Field label="Collection" hint="Made if it does not exist." error={link.error?.message}>
          <Input mono spellCheck={false} value={target} onChange={(event) => setTarget(event.target.value)} />
        </Field>
        <Field label="Aliases there" note="optional">
          <TokenInput mono values={aliases} onChange={(next) => setAliases([...next])} placeholder="staging" />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

const keyOf = ({ organization, name }: { organization: string; name: string }) => `${organization}/${name}`;

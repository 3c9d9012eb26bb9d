'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowLink, SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { applyIssues } from '#lib/client/apply-issues.ts';
import { createOrganization, organizationQueries } from '#lib/client/organizations.ts';
import { OrganizationBody, type OrganizationView } from '#lib/contracts/organizations.ts';
import { EntityName } from '#lib/domain/names.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';

export function InstanceOrganizations() {
  const organizations = useQuery(organizationQueries.all());
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      Create organization
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title="Organizations"
        description="Each has its teams, registries and members; a user may be in several."
        action={create}
      />
      <QueryState query={organizations} what="The organizations" loading={<OrganizationTable />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No organization yet" action={create}>
              Teams and registries belong to an organization.
            </EmptyState>
          ) : (
            <OrganizationTable organizations={items} />
          )
        }
      </QueryState>
      {creating && <CreateOrganization onClose={() => setCreating(false)} />}
    </>
  );
}

function OrganizationTable({ organizations }: { organizations?: readonly z.infer<typeof OrganizationView>[] }) {
  return (
    <Table caption="Organizations">
      <TableHead>
        <Th>Organization</Th>
        <Th width={160} hide="phone">
          Name in addresses
        </Th>
        <Th width={88} align="right">
          Teams
        </Th>
        <Th width={112} align="right" hide="phone">
          Created
        </Th>
      </TableHead>
      <TableBody>
        {organizations ? (
          organizations.map((organization) => (
            <Tr key={organization.name}>
              <Td>
                <RowLink href={pagePaths.organizationSettings(organization.name)}>{organization.displayName}</RowLink>
              </Td>
              <Td hide="phone" className="truncate font-mono text-[12px]">
                {organization.name}
              </Td>
              <Td align="right">{organization.teams.length}</Td>
              <Td align="right" hide="phone" className="text-fg-2">
                <RelativeTime at={organization.createdAt} />
              </Td>
            </Tr>
          ))
        ) : (
          <SkeletonRows
            rows={3}
            columns={[
              { width: 'w-40' },
              { width: 'w-24', hide: 'phone' },
              { width: 'w-6', align: 'right' },
              { width: 'w-16', align: 'right', hide: 'phone' },
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}

const NewOrganization = z.object({ name: OrganizationBody.shape.name, entity: EntityName.or(z.literal('')) });

function CreateOrganization({ onClose }: { onClose: () => void }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<z.input<typeof NewOrganization>>({
    resolver: zodResolver(NewOrganization),
    defaultValues: { name: '', entity: '' },
  });
  const create = useMutation({
    ...createOrganization(useQueryClient()),
    onMutate: () => setRefusal(null),
    onError: (error) => setRefusal(applyIssues(form, error)),
  });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create organization">
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit(({ name, entity }) => create.mutate({ name, ...(entity && { entity }) }, { onSuccess: onClose }))}
      >
        {refusal && <Callout tone="danger">{refusal}</Callout>}
        <Field label="Display name" error={errors.name?.message}>
          <Input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label="Name in addresses" note="optional" hint="Made from the display name when empty." error={errors.entity?.message}>
          <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('entity')} />
        </Field>
        <DialogFooter inset>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" loading={create.isPending}>
            Create organization
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

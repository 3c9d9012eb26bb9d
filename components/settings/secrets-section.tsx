'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { InPieces } from '#components/ui/load-more.tsx';
import { deleteSecret, integrationQueries } from '#lib/client/integrations.ts';
import type { SecretView } from '#lib/contracts/integrations.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import { SecretTable } from './secret-table.tsx';
import type { Owner } from './team-sections.tsx';

const DeleteInUse = dynamic(() => import('./delete-in-use.tsx').then((module) => module.DeleteInUse));
const ReplaceSecret = dynamic(() => import('./replace-secret.tsx').then((module) => module.ReplaceSecret));
const NewSecret = dynamic(() => import('./new-secret.tsx').then((module) => module.NewSecret));

type Open = { dialog: 'new' } | { dialog: 'replace' | 'delete'; secret: SecretView } | null;

/** Team secrets: write-only values, with where they are used. */
export function SecretsSection({ owner }: { owner: Owner }) {
  const team = owner.name;
  const secrets = useQuery(integrationQueries.secrets(team));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const mayWrite = roleMay(owner.role, 'secrets:write');
  const create = mayWrite && (
    <Button variant="primary" onClick={() => setOpen({ dialog: 'new' })}>
      <Plus />
      New secret
    </Button>
  );
  return (
    <>
      <SettingsHeader
        title={owner.kind === 'team' ? 'Team secrets' : 'Secrets'}
        description={`Access tokens and signing keys of ${team}’s webhooks. Values are write-only: nobody can read them back.`}
        action={create}
      />
      <QueryState query={secrets} what="The secrets" loading={<SecretTable owner={owner} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No secret yet" action={create}>
              A secret is an access token or signing key that webhooks use by its name.{' '}
              {mayWrite ? 'Keep one, then choose it in a webhook.' : `Admins of ${team} can keep one.`}
            </EmptyState>
          ) : (
            <InPieces
              items={items}
              start="Encrypted with AES-256-GCM under the instance key."
              count={items.length === 1 ? '1 secret' : `${items.length} secrets`}
            >
              {(shown) => (
                <SecretTable
                  owner={owner}
                  secrets={shown}
                  onReplace={(secret) => setOpen({ dialog: 'replace', secret })}
                  onDelete={(secret) => setOpen({ dialog: 'delete', secret })}
                />
              )}
            </InPieces>
          )
        }
      </QueryState>
      {open?.dialog === 'new' && <NewSecret team={team} onClose={close} />}
      {open?.dialog === 'replace' && <ReplaceSecret team={team} secret={open.secret} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteSecret team={team} secret={open.secret} onClose={close} />}
    </>
  );
}

function DeleteSecret({ team, secret, onClose }: { team: string; secret: SecretView; onClose: () => void }) {
  const remove = useMutation(deleteSecret(useQueryClient(), team));
  return (
    <DeleteInUse
      noun="secret"
      name={secret.name}
      usedBy={secret.usedBy}
      consequence="Deliveries that need it fail at once, with this as the reason, until another secret is chosen there. The value cannot be brought back."
      otherwise="Nothing uses it. The value cannot be brought back."
      pending={remove.isPending}
      error={remove.error}
      onDelete={(force) => remove.mutate({ name: secret.name, force }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, Replace, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatLeft } from '#components/ui/format-time.ts';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { toast } from '#components/ui/toast.ts';
import { useNow } from '#components/ui/use-now.ts';
import { integrationQueries, switchSecret } from '#lib/client/integrations.ts';
import type { SecretView, WebhookView } from '#lib/contracts/integrations.ts';
import { roleMay } from '#lib/domain/permissions.ts';
import type { Owner } from './team-sections.tsx';

interface SecretTableProps {
  owner: Owner;
  /** Absent while they load. */
  secrets?: readonly SecretView[];
  onReplace?: (secret: SecretView) => void;
  onDelete?: (secret: SecretView) => void;
}

export function SecretTable({ owner, secrets, onReplace, onDelete }: SecretTableProps) {
  const mayWrite = roleMay(owner.role, 'secrets:write');
  const webhooks = useQuery(integrationQueries.webhooks(owner.name)).data?.items ?? [];
  const end = useMutation(switchSecret(useQueryClient(), owner.name));
  const switchNow = (name: string) =>
    end.mutate(name, {
      onSuccess: () => void toast.success(`${name}: only the new value counts now`),
      onError: (error) => void toast.error(error.message),
    });
  return (
    <Table caption={`Secrets of ${owner.name}`} rows="two">
      <TableHead>
        <Th>Name</Th>
        <Th width={232} hide="phone">
          Used by
        </Th>
        <Th width={108} align="right">
          Last used
        </Th>
        <Th width={124} align="right" hide="narrow">
          Last replaced
        </Th>
        {mayWrite && (
          <Th width={58} silent>
            Actions
          </Th>
        )}
      </TableHead>
      <TableBody>
        {secrets ? (
          secrets.map((secret) => (
            <Tr key={secret.name}>
              <Td>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span data-name className="min-w-0 truncate font-mono text-code font-medium">
                    {secret.name}
                  </span>
                  {secret.overlapEndsAt !== null && (
                    <Rotating
                      secret={secret}
                      switching={end.isPending && end.variables === secret.name}
                      onSwitch={mayWrite ? switchNow : undefined}
                    />
                  )}
                </span>
              </Td>
              <Td hide="phone">
                <UsedBy secret={secret} webhooks={webhooks} />
              </Td>
              <Td align="right" className="text-fg-2">
                {secret.lastUsedAt === null ? 'never' : <RelativeTime at={secret.lastUsedAt} />}
              </Td>
              <Td align="right" hide="narrow" className="text-fg-2">
                <RelativeTime at={secret.replacedAt ?? secret.createdAt} />
              </Td>
              {mayWrite && (
                <Td menu>
                  <Menu label={`More actions for ${secret.name}`} size="sm">
                    <MenuItem icon={<Replace />} onSelect={() => onReplace?.(secret)}>
                      Replace value
                    </MenuItem>
                    <MenuSeparator />
                    <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete?.(secret)}>
                      Delete
                    </MenuItem>
                  </Menu>
                </Td>
              )}
            </Tr>
          ))
        ) : (
          <SkeletonRows
            rows={4}
            columns={[
              { width: 'w-40' },
              { width: 'w-28', hide: 'phone' },
              { width: 'w-14', align: 'right' },
              { width: 'w-14', align: 'right', hide: 'narrow' },
              ...(mayWrite ? [{ width: '' }] : []),
            ]}
          />
        )}
      </TableBody>
    </Table>
  );
}

interface RotatingProps {
  secret: SecretView;
  switching: boolean;
  /** Absent for who may not. */
  onSwitch?: (name: string) => void;
}

/** Two values are live: how long still, and the button that ends it. */
function Rotating({ secret, switching, onSwitch }: RotatingProps) {
  const now = useNow(1000);
  return (
    <>
      <Badge tone="warning" icon={<RefreshCw />}>
        <span role="timer" className="tabular-nums" suppressHydrationWarning>
          {secret.overlapEndsAt! > now ? `Two values are live, ends in ${formatLeft(secret.overlapEndsAt! - now)}` : 'The rotation is over'}
        </span>
      </Badge>
      {onSwitch && (
        <Button size="sm" loading={switching} onClick={() => onSwitch(secret.name)}>
          Switch now
        </Button>
      )}
    </>
  );
}

function UsedBy({ secret, webhooks }: { secret: SecretView; webhooks: readonly WebhookView[] }) {
  if (secret.usedBy.length === 0) return <span className="text-fg-3">nothing</span>;
  const uses = new Set(
    secret.usedBy.flatMap((use) =>
      use.kind === 'slack'
        ? ['bot token']
        : usesIn(
            webhooks.find(({ id }) => id === use.id),
            secret.name,
          ),
    ),
  );
  return (
    <>
      <span className="block truncate">
        {secret.usedBy.map((use, index) => (
          <span key={use.id}>
            {index > 0 && ', '}
            <TextLink href={use.href}>{use.name}</TextLink>
          </span>
        ))}
      </span>
      {uses.size > 0 && <span className="block truncate text-meta text-fg-3">{[...uses].join(', ')}</span>}
    </>
  );
}

function usesIn(webhook: WebhookView | undefined, name: string): string[] {
  if (!webhook) return [];
  return [
    ...(webhook.accessTokenSecret === name ? ['access token'] : []),
    ...(webhook.signingSecret === name ? ['signature'] : []),
    ...(webhook.payloadSecrets.includes(name) ? ['payload'] : []),
  ];
}

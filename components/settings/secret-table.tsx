'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, Replace, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatLeft } from '#components/ui/format-time.ts';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';
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
    <Table
      caption={`Secrets of ${owner.name}`}
      rows="two"
      items={secrets}
      keyOf={(secret) => secret.name}
      loadingRows={4}
      columns={[
        {
          head: 'Name',
          bar: 'w-40',
          cell: (secret) => (
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
          ),
        },
        { head: 'Used by', width: 232, hide: 'phone', bar: 'w-28', cell: (secret) => <UsedBy secret={secret} webhooks={webhooks} /> },
        {
          head: 'Last used',
          width: 108,
          align: 'right',
          bar: 'w-14',
          className: 'text-fg-2',
          cell: (secret) => (secret.lastUsedAt === null ? 'never' : <RelativeTime at={secret.lastUsedAt} />),
        },
        {
          head: 'Last replaced',
          width: 124,
          align: 'right',
          hide: 'narrow',
          bar: 'w-14',
          className: 'text-fg-2',
          cell: (secret) => <RelativeTime at={secret.replacedAt ?? secret.createdAt} />,
        },
        mayWrite && {
          ...MENU_COLUMN,
          cell: (secret) => (
            <Menu label={`More actions for ${secret.name}`} size="sm">
              <MenuItem icon={<Replace />} onSelect={() => onReplace?.(secret)}>
                Replace value
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger icon={<Trash2 />} onSelect={() => onDelete?.(secret)}>
                Delete
              </MenuItem>
            </Menu>
          ),
        },
      ]}
    />
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

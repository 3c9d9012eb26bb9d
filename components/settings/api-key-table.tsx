'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { MENU_COLUMN, Table } from '#components/ui/table.tsx';
import { deleteApiKey } from '#lib/client/session.ts';
import type { ApiKeyView } from '#lib/contracts/session.ts';

interface ApiKeyTableProps {
  caption: string;
  /** Absent while they load. */
  keys?: readonly ApiKeyView[];
  /** Shows whose each is. */
  owners?: boolean;
}

export function ApiKeyTable({ caption, keys, owners }: ApiKeyTableProps) {
  const [deleting, setDeleting] = useState<ApiKeyView | null>(null);
  return (
    <>
      <Table
        caption={caption}
        items={keys}
        keyOf={(key) => key.id}
        loadingRows={2}
        columns={[
          {
            head: 'Name',
            bar: 'w-32',
            className: 'truncate',
            cell: (key) => key.name || <span className="text-fg-3">without a name</span>,
          },
          owners && { head: 'Account', width: 160, bar: 'w-20', className: 'truncate', cell: (key) => key.owner },
          {
            head: 'Key',
            width: 104,
            hide: 'phone',
            bar: 'w-14',
            className: 'font-mono text-[12px] text-fg-2',
            cell: (key) => <>{key.prefix}…</>,
          },
          {
            head: 'Created',
            width: 108,
            align: 'right',
            hide: 'phone',
            bar: 'w-14',
            className: 'text-fg-2',
            cell: (key) => <RelativeTime at={key.createdAt} />,
          },
          {
            head: 'Last used',
            width: 108,
            align: 'right',
            bar: 'w-14',
            className: 'text-fg-2',
            cell: (key) => (key.lastUsedAt === null ? 'never' : <RelativeTime at={key.lastUsedAt} />),
          },
          {
            ...MENU_COLUMN,
            cell: (key) => (
              <Menu label={`More actions for the key ${key.name || key.prefix}`} size="sm">
                <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(key)}>
                  Delete
                </MenuItem>
              </Menu>
            ),
          },
        ]}
      />
      {deleting && <DeleteApiKey apiKey={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

function DeleteApiKey({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const remove = useMutation(deleteApiKey(useQueryClient()));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the key ${apiKey.name || `${apiKey.prefix}…`}?`}
      description="It stops working within 5 seconds, and what runs with it can no longer log or call the API."
      confirmLabel="Delete API key"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(apiKey.id, { onSuccess: onClose })}
    />
  );
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SkeletonRows, Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table.tsx';
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
      <Table caption={caption}>
        <TableHead>
          <Th>Name</Th>
          {owners && <Th width={160}>Account</Th>}
          <Th width={104} hide="phone">
            Key
          </Th>
          <Th width={108} align="right" hide="phone">
            Created
          </Th>
          <Th width={108} align="right">
            Last used
          </Th>
          <Th width={58} silent>
            Actions
          </Th>
        </TableHead>
        <TableBody>
          {keys ? (
            keys.map((key) => (
              <Tr key={key.id}>
                <Td className="truncate">{key.name || <span className="text-fg-3">without a name</span>}</Td>
                {owners && <Td className="truncate">{key.owner}</Td>}
                <Td hide="phone" className="font-mono text-[12px] text-fg-2">
                  {key.prefix}…
                </Td>
                <Td align="right" hide="phone" className="text-fg-2">
                  <RelativeTime at={key.createdAt} />
                </Td>
                <Td align="right" className="text-fg-2">
                  {key.lastUsedAt === null ? 'never' : <RelativeTime at={key.lastUsedAt} />}
                </Td>
                <Td menu>
                  <Menu label={`More actions for the key ${key.name || key.prefix}`} size="sm">
                    <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(key)}>
                      Delete
                    </MenuItem>
                  </Menu>
                </Td>
              </Tr>
            ))
          ) : (
            <SkeletonRows
              rows={2}
              columns={[
                { width: 'w-32' },
                ...(owners ? [{ width: 'w-20' }] : []),
                { width: 'w-14', hide: 'phone' },
                { width: 'w-14', align: 'right', hide: 'phone' },
                { width: 'w-14', align: 'right' },
                { width: '' },
              ]}
            />
          )}
        </TableBody>
      </Table>
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

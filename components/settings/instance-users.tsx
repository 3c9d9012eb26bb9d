'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { QueryState } from '#components/layout/query-state.tsx';
import { SettingsHeader } from '#components/layout/settings-layout.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { LoadMore, nextPageOf } from '#components/ui/load-more.tsx';
import { toast } from '#components/ui/toast.ts';
import { deleteUser, organizationQueries, updateUser } from '#lib/client/organizations.ts';
import { type InstanceUser, UserTable } from './user-table.tsx';

const ResetLinkDialog = dynamic(() => import('./reset-link-dialog.tsx').then((module) => module.ResetLinkDialog));
const CreateUser = dynamic(() => import('./create-user.tsx').then((module) => module.CreateUser));

type Open = { dialog: 'new' } | { dialog: 'reset' | 'delete'; user: InstanceUser } | null;

/** Everybody on the instance. */
export function InstanceUsers() {
  const users = useInfiniteQuery(organizationQueries.users());
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const update = useMutation({
    ...updateUser(useQueryClient()),
    onError: (error) => void toast.error(error.message),
  });
  return (
    <>
      <SettingsHeader
        title="Users"
        description="Accounts come from here, from setup and from invites. A new user is in no organization yet."
        action={
          <Button variant="primary" onClick={() => setOpen({ dialog: 'new' })}>
            <UserPlus />
            Create user
          </Button>
        }
      />
      <QueryState query={users} what="The users" loading={<UserTable />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              <UserTable
                users={items}
                onUpdate={(patch) => update.mutate(patch)}
                onReset={(user) => setOpen({ dialog: 'reset', user })}
                onDelete={(user) => setOpen({ dialog: 'delete', user })}
              />
              <LoadMore {...nextPageOf(users)} count={`${items.length}${users.hasNextPage ? '+' : ''} users`} />
            </>
          );
        }}
      </QueryState>
      {open?.dialog === 'new' && <CreateUser onClose={close} />}
      {open?.dialog === 'reset' && <ResetLinkDialog username={open.user.username} onClose={close} />}
      {open?.dialog === 'delete' && <DeleteUser user={open.user} onClose={close} />}
    </>
  );
}

function DeleteUser({ user, onClose }: { user: InstanceUser; onClose: () => void }) {
  const remove = useMutation(deleteUser(useQueryClient()));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete the user ${user.username}?`}
      description={`The personal space goes with its projects; keys and sessions end within 5 seconds. Automations in teams stay and show “${user.username} (deleted)”.`}
      confirmLabel="Delete user"
      typeToConfirm={user.username}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(user.username, { onSuccess: onClose })}
    />
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { makeResetLink } from '#lib/client/organizations.ts';
import { ShownOnce } from './shown-once.tsx';

/** For somebody who forgot the password: a link to hand over. */
export function ResetLinkDialog({ username, onClose }: { username: string; onClose: () => void }) {
  const make = useMutation(makeResetLink());
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`New password for ${username}`}
      description="Makes a link that sets a new password: one use, one hour. Hand it over yourself; Hookline sends no mail."
    >
      <div className="grid gap-4">
        {make.error && <Callout tone="danger">{make.error.message}</Callout>}
        {make.data && (
          <ShownOnce label="Link" value={make.data.url} hint="It is shown this once. An older link of this user no longer works." />
        )}
        <DialogFooter inset>
          <DialogClose>
            <Button variant={make.data ? 'primary' : 'default'}>{make.data ? 'Done' : 'Cancel'}</Button>
          </DialogClose>
          {!make.data && (
            <Button variant="primary" loading={make.isPending} onClick={() => make.mutate(username)}>
              Make link
            </Button>
          )}
        </DialogFooter>
      </div>
    </Dialog>
  );
}

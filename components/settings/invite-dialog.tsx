'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { createInvite, type Group } from '#lib/client/organizations.ts';
import { useFormMutation } from '#lib/client/use-form-mutation.ts';
import { InviteBody } from '#lib/contracts/organizations.ts';
import { ROLE_OPTIONS } from './role-words.ts';
import { ShownOnce } from './shown-once.tsx';

/** Makes a link that admits one person with a role. No mail is sent: the link is handed over by hand. */
export function InviteDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const form = useForm<z.input<typeof InviteBody>, unknown, z.output<typeof InviteBody>>({
    resolver: zodResolver(InviteBody),
    defaultValues: { role: 'member', note: '' },
  });
  const create = useFormMutation(form, createInvite(useQueryClient(), group));
  const invite = create.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Invite to ${group.name}`}
      description={
        invite ? undefined : 'Makes a link that works once and for 7 days. Send it to the person yourself; Hookline sends no mail.'
      }
    >
      {invite ? (
        <div className="grid gap-4">
          <ShownOnce
            label="Link"
            value={invite.url}
            hint={`Whoever opens it joins as ${invite.role}. It is shown this once; you can revoke it under Pending invites.`}
          />
          <DialogFooter inset>
            <DialogClose>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogFooter>
        </div>
      ) : (
        <DialogForm
          onSubmit={form.handleSubmit((values) => create.mutate(values))}
          refusal={create.refusal}
          submit="Make link"
          pending={create.isPending}
        >
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <Field label="Role" group>
                <RadioGroup value={field.value ?? 'member'} onChange={field.onChange} options={ROLE_OPTIONS} />
              </Field>
            )}
          />
          <Field
            label="For"
            note="optional"
            hint="A note for you and the other admins, such as a name."
            error={form.formState.errors.note?.message}
          >
            <Input autoComplete="off" {...form.register('note')} />
          </Field>
        </DialogForm>
      )}
    </Dialog>
  );
}

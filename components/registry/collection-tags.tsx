'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { TokenInput } from '#components/ui/token-input.tsx';
import { type Container, updateCollection } from '#lib/client/tracking.ts';
import type { CollectionDetail } from '#lib/contracts/tracking.ts';

/** Tags of the collection itself; each one added or removed is an event. */
export function CollectionTags({
  at,
  type,
  view,
  onClose,
}: {
  at: Container;
  type?: string;
  view: z.output<typeof CollectionDetail>;
  onClose: () => void;
}) {
  const [tags, setTags] = useState<string[]>(view.tags);
  const [description, setDescription] = useState(view.description);
  const update = useMutation({ ...updateCollection(useQueryClient(), at, view.name, type), onSuccess: onClose });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Edit ${view.name}`}>
      <DialogForm
        onSubmit={() => {
          update.mutate({
            description,
            addTags: tags.filter((tag) => !view.tags.includes(tag)),
            removeTags: view.tags.filter((tag) => !tags.includes(tag)),
          });
        }}
        submit="Save"
        pending={update.isPending}
      >
        <Field label="Collection tags" hint="Adding or removing one fires the automations that wait for it." error={update.error?.message}>
          <TokenInput values={tags} onChange={(next) => setTags([...next])} placeholder="Add a tag" />
        </Field>
        <Field label="Description" note="optional">
          <Textarea rows={4} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

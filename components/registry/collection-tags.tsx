'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
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
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({
            description,
            addTags: tags.filter((tag) => !view.tags.includes(tag)),
            removeTags: view.tags.filter((tag) => !tags.includes(tag)),
          });
        }}
      >
        <Field label="Collection tags" hint="Adding or removing one fires the automations that wait for it." error={update.error?.message}>
          <TokenInput values={tags} onChange={(next) => setTags([...next])} placeholder="Add a tag" />
        </Field>
        <Field label="Description" note="optional">
          <Textarea rows={4} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <DialogFooter inset>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" loading={update.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { updateProject } from '#lib/client/tracking.ts';
import type { ProjectView } from '#lib/contracts/tracking.ts';

export function EditDescription({ view, onClose }: { view: ProjectView; onClose: () => void }) {
  const [text, setText] = useState(view.description);
  const update = useMutation({ ...updateProject(useQueryClient(), view.entity, view.name), onSuccess: onClose });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Edit description">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ description: text });
        }}
      >
        <Field label="Description" error={update.error?.message}>
          <Textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
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

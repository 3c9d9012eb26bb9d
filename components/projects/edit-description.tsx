'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { updateProject } from '#lib/client/tracking.ts';
import type { ProjectView } from '#lib/contracts/tracking.ts';

export function EditDescription({ view, onClose }: { view: ProjectView; onClose: () => void }) {
  const [text, setText] = useState(view.description);
  const update = useMutation({ ...updateProject(useQueryClient(), view.entity, view.name), onSuccess: onClose });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Edit description">
      <DialogForm
        onSubmit={() => {
          update.mutate({ description: text });
        }}
        submit="Save"
        pending={update.isPending}
      >
        <Field label="Description" error={update.error?.message}>
          <Textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

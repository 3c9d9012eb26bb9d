'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { toast } from '#components/ui/toast.ts';
import { replaceKey } from '#lib/client/integrations.ts';
import type { WebhookView } from '#lib/contracts/integrations.ts';

const DAY = 86_400;
const OVERLAPS = [
  { value: '0', label: 'None: only the new key signs at once' },
  { value: String(DAY), label: '1 day' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(30 * DAY), label: '30 days' },
];

/** A new key; receivers are given time to learn its public part. */
export function ReplaceKey({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const [overlap, setOverlap] = useState(String(DAY));
  const replace = useMutation({
    ...replaceKey(useQueryClient(), webhook.team),
    onSuccess: () => {
      toast.success(`${webhook.name} has a new key`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Replace the key of ${webhook.name}`}
      description="Hookline makes a new Ed25519 key. Its private part is encrypted and never shown; give receivers the new public part."
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={replace.isPending}
            onClick={() => replace.mutate({ id: webhook.id, overlapSeconds: Number(overlap) })}
          >
            Replace key
          </Button>
        </>
      }
    >
      {replace.error && (
        <Callout tone="danger" className="mb-3">
          {replace.error.message}
        </Callout>
      )}
      <Field label="Overlap" hint="Meanwhile webhook-signature lists a v1a signature of both, so that a receiver may know either.">
        <Select value={overlap} onChange={setOverlap} options={OVERLAPS} />
      </Field>
    </Dialog>
  );
}

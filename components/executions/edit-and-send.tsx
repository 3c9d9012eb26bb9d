'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { DialogForm } from '#components/ui/dialog-form.tsx';
import { Field } from '#components/ui/field.tsx';
import { prettyJson } from '#components/ui/highlight.ts';
import { Textarea } from '#components/ui/textarea.tsx';
import { replayExecution } from '#lib/client/executions.ts';
import type { ExecutionView } from '#lib/contracts/automations.ts';
import type { JsonValue } from '#lib/domain/json.ts';

/** Sends a changed body as a new execution that names the old one. Masked secrets are filled in from the template's names. */
export function EditAndSend({
  execution,
  onClose,
  onSent,
}: {
  execution: ExecutionView;
  onClose: () => void;
  onSent: (id: string) => void;
}) {
  const [text, setText] = useState(() => startingText(execution));
  const [problem, setProblem] = useState<string | null>(null);
  const send = useMutation({
    ...replayExecution(useQueryClient()),
    onSuccess: ({ executionId }) => onSent(executionId),
    onError: (error) => setProblem(error.message),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title="Edit and send"
      description={`A new execution goes to ${execution.target.name}; this one stays as it is. Templates such as \${run_name} may be used.`}
    >
      <DialogForm
        onSubmit={() => {
          setProblem(null);
          send.mutate({ id: execution.id, payload: text as JsonValue });
        }}
        submit="Send as new execution"
        pending={send.isPending}
      >
        <Field label="Payload" error={problem}>
          <Textarea mono rows={14} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

function startingText({ action, request }: ExecutionView): string {
  if ('webhook' in action && action.payload !== undefined)
    return typeof action.payload === 'string' ? action.payload : JSON.stringify(action.payload, null, 2);
  return request ? prettyJson(request.body) : '{}';
}

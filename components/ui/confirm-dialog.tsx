'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogClose, DialogFooter } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question that names the thing: Delete “deploy-hook”? */
  title: ReactNode;
  /** What happens, in sentences; lists go to `children`. */
  description: ReactNode;
  /** The verb and the noun: Delete webhook. */
  confirmLabel: string;
  onConfirm: () => void;
  danger?: boolean;
  pending?: boolean;
  /** The name that must be typed first, for what cannot be undone. */
  typeToConfirm?: string;
  error?: ReactNode;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description } = props;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <ConfirmForm {...props} />
    </Dialog>
  );
}

// Its own component: it is mounted anew at each opening, so what was typed does not stay.
function ConfirmForm({ confirmLabel, onConfirm, danger, pending, typeToConfirm, error, children }: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const errorId = useId();
  const content = Boolean(children || error || typeToConfirm !== undefined);
  const missing = typeToConfirm !== undefined && typed.trim() !== typeToConfirm;
  return (
    <form
      className={content ? 'flex flex-col gap-4' : '-mt-3'}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (!missing && !pending) onConfirm();
      }}
    >
      {children}
      {typeToConfirm !== undefined && (
        <Field
          label={
            <>
              Type <code className="text-[12px]">{typeToConfirm}</code> to confirm
            </>
          }
        >
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} spellCheck={false} autoFocus />
        </Field>
      )}
      {error && (
        <p id={errorId} role="alert" className="text-meta text-danger-text">
          {error}
        </p>
      )}
      <DialogFooter inset>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          type="submit"
          variant={danger ? 'danger' : 'primary'}
          loading={pending}
          disabledReason={missing ? `Type ${typeToConfirm} first` : undefined}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}

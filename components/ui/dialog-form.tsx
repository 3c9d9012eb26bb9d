import type { FormEvent, ReactNode } from 'react';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { DialogClose, DialogFooter } from './dialog.tsx';

interface DialogFormProps {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** What was refused and no field can say. */
  refusal?: string | null;
  /** The words of the button that sends it. */
  submit: string;
  pending: boolean;
  /** Why it cannot be sent as it stands. */
  disabledReason?: string;
  children: ReactNode;
}

/** The form that a dialog holds: what was refused, its fields, the way out and the way on. */
export function DialogForm({ onSubmit, refusal, submit, pending, disabledReason, children }: DialogFormProps) {
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // React's events pass from a dialog to the form in whose tree it stands
        void onSubmit(event);
      }}
    >
      {refusal && <Callout tone="danger">{refusal}</Callout>}
      {children}
      <DialogFooter inset>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={pending} disabledReason={disabledReason}>
          {submit}
        </Button>
      </DialogFooter>
    </form>
  );
}

import { type FormEvent, type ReactNode, use } from 'react';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { DialogClose, DialogFooter, UnsavedContext } from './dialog.tsx';

interface DialogFormProps {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** What was refused and no field can say. */
  refusal?: string | null;
  /** The words of the button that sends it. */
  submit: string;
  pending: boolean;
  /** Why it cannot be sent as it stands. */
  disabledReason?: string;
  /** At the start of the line of buttons. */
  start?: ReactNode;
  children: ReactNode;
}

/** The form that a dialog holds: what was refused, its fields, the way out and the way on. Asks before what was typed is dropped. */
export function DialogForm({ onSubmit, refusal, submit, pending, disabledReason, start, children }: DialogFormProps) {
  const { asking, onType, onKeep } = use(UnsavedContext);
  return (
    <form
      noValidate
      className="grid gap-4"
      onInput={(event) => {
        if (event.currentTarget.contains(event.target as Node)) onType(); // not what is typed into a float over it
      }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // React's events pass from a dialog to the form in whose tree it stands
        void onSubmit(event);
      }}
    >
      {refusal && <Callout tone="danger">{refusal}</Callout>}
      {children}
      <DialogFooter inset>
        {asking ? (
          <>
            <p role="alert" className="mr-auto self-center font-medium">
              Close without saving what you entered?
            </p>
            <Button autoFocus onClick={onKeep}>
              Keep editing
            </Button>
            <DialogClose>
              <Button variant="danger">Discard</Button>
            </DialogClose>
          </>
        ) : (
          <>
            {start}
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" loading={pending} disabledReason={disabledReason}>
              {submit}
            </Button>
          </>
        )}
      </DialogFooter>
    </form>
  );
}

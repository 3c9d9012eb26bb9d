'use client';

import { CircleX } from 'lucide-react';
import { createContext, type ReactNode, use, useId } from 'react';
import { cn } from './class-names.ts';

interface FieldIds {
  id: string;
  labelId: string;
  describedBy?: string;
  invalid: boolean;
  required: boolean;
  group: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface ControlProps {
  id?: string;
  invalid?: boolean;
  'aria-describedby'?: string;
  'aria-label'?: string;
}

/** Ties a control to the label, hint and error of the Field around it; its own props win. */
export function useFieldControl(own: ControlProps) {
  const around = use(FieldContext);
  // The controls of a group share label and error, but neither id nor guilt.
  const field = around?.group ? null : around;
  const invalid = own.invalid ?? field?.invalid ?? false;
  return {
    id: own.id ?? field?.id,
    'aria-describedby': own['aria-describedby'] ?? field?.describedBy,
    'aria-invalid': invalid || undefined,
    'aria-required': field?.required || undefined,
    'aria-label': own['aria-label'],
  };
}

/** For groups (radio, segmented): the label names them by aria-labelledby. */
export function useFieldGroup() {
  const field = use(FieldContext);
  return { 'aria-labelledby': field?.labelId, 'aria-describedby': field?.describedBy, 'aria-invalid': field?.invalid || undefined };
}

interface FieldProps {
  label: ReactNode;
  /** Beside the label, lighter: "optional". */
  note?: ReactNode;
  /** At the end of the label's line: a link or small button. */
  end?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  hideLabel?: boolean;
  /** The control is a group, not one input: the label is then not a <label>. */
  group?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}

export function Field({ label, note, end, hint, error, required, hideLabel, group, id, className, children }: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const labelId = `${controlId}-label`;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  const ids: FieldIds = {
    id: controlId,
    labelId,
    describedBy,
    invalid: Boolean(error),
    required: Boolean(required),
    group: Boolean(group),
  };
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className={cn('flex flex-wrap items-center gap-x-1.5 text-small font-medium', hideLabel && 'sr-only')}>
        {group ? <span id={labelId}>{label}</span> : <Label id={labelId} htmlFor={controlId} text={label} />}
        {note && <span className="font-normal text-fg-3">{note}</span>}
        {end && <span className="ml-auto flex items-center gap-1">{end}</span>}
      </div>
      <FieldContext value={ids}>{children}</FieldContext>
      {error && <FieldError id={errorId}>{error}</FieldError>}
      {hint && (
        <p id={hintId} className="text-meta text-fg-3">
          {hint}
        </p>
      )}
    </div>
  );
}

function Label({ id, htmlFor, text }: { id: string; htmlFor: string; text: ReactNode }) {
  return (
    <label id={id} htmlFor={htmlFor}>
      {text}
    </label>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-meta text-danger-text">
      <CircleX className="mt-0.5 size-3 stroke-2" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}

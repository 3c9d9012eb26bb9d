'use client';

import { Plus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { NONE } from './webhook-form-values.ts';

interface SecretSelectProps {
  label: string;
  hint?: string;
  error?: string;
  value: string;
  /** Names of the team's secrets. */
  names: readonly string[];
  noneText: string;
  required?: boolean;
  onChange: (name: string) => void;
  /** Opens the dialog that keeps a new one. */
  onNew: () => void;
}

/** One of the team's secrets by name, or none, or a new one right here. */
export function SecretSelect({ label, hint, error, value, names, noneText, required, onChange, onNew }: SecretSelectProps) {
  const known = value === NONE || names.includes(value) ? names : [...names, value];
  return (
    <Field
      label={label}
      note={required ? undefined : 'optional'}
      hint={hint}
      error={error}
      end={
        <Button variant="ghost" size="sm" className="-mr-2" onClick={onNew}>
          <Plus />
          New secret
        </Button>
      }
    >
      <Select
        value={value}
        onChange={onChange}
        options={[
          { value: NONE, label: noneText },
          ...known.map((name) => ({ value: name, label: <span className="font-mono text-code">{name}</span> })),
        ]}
      />
    </Field>
  );
}

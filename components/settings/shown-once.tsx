'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

/** Something that is told this once: to copy now. */
export function ShownOnce({ label, value, hint }: { label: string; value: string; hint: ReactNode }) {
  return (
    <Field label={label} hint={hint}>
      <div className="flex gap-2">
        <Input mono readOnly value={value} onFocus={(event) => event.target.select()} />
        <CopyButton size="md" variant="default" text={value} label={`Copy ${/^[A-Z]{2}/.test(label) ? label : label.toLowerCase()}`} />
      </div>
    </Field>
  );
}

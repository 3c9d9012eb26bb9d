'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';

interface SecretValueFieldProps extends Omit<ComponentProps<typeof Textarea>, 'value'> {
  label: string;
  value: string;
  error?: string;
}

/** Many lines, hidden while typed until Reveal is pressed. */
export function SecretValueField({ label, value, error, ...rest }: SecretValueFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={label}
      error={error}
      hint={sizeOf(value)}
      end={
        <Button variant="ghost" size="sm" className="-mr-2" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff /> : <Eye />}
          {shown ? 'Hide' : 'Reveal'}
        </Button>
      }
    >
      <Textarea
        {...rest}
        mono
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className={cn(!shown && '[-webkit-text-security:disc]')}
      />
    </Field>
  );
}

/** A line break at the end is the commonest mistake with a pasted key, so the count says it. */
function sizeOf(value: string): string {
  if (value === '') return 'Line breaks are kept as typed.';
  const lines = value.split('\n').length;
  const size = `${value.length.toLocaleString('en')} ${value.length === 1 ? 'character' : 'characters'}, ${lines === 1 ? 'one line' : `${lines} lines`}.`;
  return value.endsWith('\n') ? `${size} It ends with a line break, which counts.` : `${size} Line breaks are kept as typed.`;
}

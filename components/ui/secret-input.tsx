'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { Input } from './input.tsx';

interface SecretInputProps extends Omit<ComponentProps<typeof Input>, 'type' | 'after'> {
  /** What is hidden, for the button: "password", "secret". */
  noun?: string;
}

/** A password or secret that can be shown while it is typed. */
export function SecretInput({ noun = 'secret', mono = true, ...rest }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <Input
      {...rest}
      type={shown ? 'text' : 'password'}
      mono={mono && shown}
      spellCheck={false}
      autoCapitalize="off"
      after={
        <IconButton
          label={`${shown ? 'Hide' : 'Show'} ${noun}`}
          size="sm"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="size-6!"
        >
          {shown ? <EyeOff className="size-3.5" /> : <Eye className="size-3.5" />}
        </IconButton>
      }
    />
  );
}

'use client';

import { type Ref, useImperativeHandle, useRef } from 'react';
import { Textarea } from '#components/ui/textarea.tsx';
import type { PayloadProblem } from '#lib/domain/check-template.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { JsonValue } from '#lib/domain/json.ts';

export interface PayloadEditorHandle {
  /** At the cursor, in place of the selection. */
  insert: (text: string) => void;
  reveal: (problem: PayloadProblem) => void;
}

export interface PayloadEditorProps {
  ref?: Ref<PayloadEditorHandle>;
  value: string;
  onChange: (value: string) => void;
  onFormat: () => void;
  on: AutomationEvent;
  problems: readonly PayloadProblem[];
  sampleValues: Readonly<Record<string, JsonValue>>;
  secretNames: readonly string[];
  invalid: boolean;
}

export function PayloadEditor({ ref, value, onChange, invalid }: PayloadEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({
    insert: (text) => {
      const element = area.current!;
      element.focus();
      element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
      onChange(element.value);
    },
    reveal: ({ offset, length }) => {
      area.current?.focus();
      area.current?.setSelectionRange(offset, offset + length);
    },
  }));
  return (
    <Textarea
      ref={area}
      mono
      rows={10}
      spellCheck={false}
      invalid={invalid}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

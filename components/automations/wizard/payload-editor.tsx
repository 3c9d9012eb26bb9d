'use client';

import { type ComponentType, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useFieldControl } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { PayloadProblem } from '#lib/domain/check-template.ts';
import type { PayloadNames } from './payload-variables.ts';

export interface PayloadEditorHandle {
  /** At the cursor, in place of the selection. */
  insert: (text: string) => void;
  reveal: (problem: PayloadProblem) => void;
}

export interface PayloadEditorProps extends PayloadNames {
  ref?: Ref<PayloadEditorHandle>;
  value: string;
  onChange: (value: string) => void;
  onFormat: () => void;
  problems: readonly PayloadProblem[];
  invalid: boolean;
}

type Loaded = ComponentType<PayloadEditorProps & { control: ReturnType<typeof useFieldControl>; label: string; focusAt: number | null }>;

/** A plain text field at once, the editor in its place as soon as it has come; where it cannot be loaded, the field stays. */
export function PayloadEditor(props: PayloadEditorProps) {
  const [Editor, setEditor] = useState<Loaded | null>(null);
  const focusAt = useRef<number | null>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const control = useFieldControl({ invalid: props.invalid });
  useEffect(() => {
    let wanted = true;
    import('./monaco-editor.tsx').then(
      ({ default: editor }) => {
        if (!wanted) return;
        if (document.activeElement === plain.current) focusAt.current = plain.current?.selectionStart ?? null;
        setEditor(() => editor);
      },
      () => undefined, // The plain field does everything but complete.
    );
    return () => {
      wanted = false;
    };
  }, []);
  if (Editor) return <Editor {...props} control={control} label="Payload" focusAt={focusAt.current} />;
  return <PlainEditor {...props} area={plain} />;
}

function PlainEditor({
  ref,
  value,
  onChange,
  invalid,
  area,
}: PayloadEditorProps & { area: Ref<HTMLTextAreaElement> & { current: HTMLTextAreaElement | null } }) {
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
      className="min-h-[218px]"
      spellCheck={false}
      invalid={invalid}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

'use client';

import { useRef, useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { RequestPreview } from './use-request-preview.ts';
import { VariableChips } from './variable-chips.tsx';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

/** Title, text and severity of a Slack message; both texts take ${…}. */
export function SlackFields({ preview }: { preview: RequestPreview }) {
  const form = useWizardForm();
  const { on, action } = useValues();
  const title = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const [last, setLast] = useState<'title' | 'text'>('text');
  const titleProblem = useProblem('action.title');
  const textProblem = useProblem('action.text');
  const set = (key: 'title' | 'text', value: string) => form.setValue(`action.${key}`, value, { shouldDirty: true, shouldValidate: true });
  const insert = (name: string) => {
    const element = last === 'title' ? title.current! : text.current!;
    element.focus();
    element.setRangeText(`\${${name}}`, element.selectionStart ?? 0, element.selectionEnd ?? 0, 'end');
    set(last, element.value);
  };
  return (
    <>
      <Field label="Title" note="optional" error={titleProblem} hint="Empty: the automation’s name.">
        <Input ref={title} value={action.title} onFocus={() => setLast('title')} onChange={(event) => set('title', event.target.value)} />
      </Field>
      <Field
        label="Text"
        note="optional"
        error={textProblem}
        hint="Empty: one line of the event. A link to the run, version or execution always follows."
      >
        <Textarea ref={text} value={action.text} onFocus={() => setLast('text')} onChange={(event) => set('text', event.target.value)} />
      </Field>
      <Field group label="Severity">
        <Segmented
          value={action.severity}
          onChange={(severity) => form.setValue('action.severity', severity, { shouldDirty: true })}
          options={[
            { value: 'info', label: 'Info' },
            { value: 'warn', label: 'Warning' },
            { value: 'error', label: 'Error' },
          ]}
        />
      </Field>
      <VariableChips on={on} sampleValues={preview.sampleValues} secretNames={[]} onInsert={insert} />
    </>
  );
}

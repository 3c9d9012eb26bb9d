'use client';

import { CircleHelp, LayoutTemplate, WandSparkles } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { toast } from '#components/ui/toast.ts';
import type { PresetId } from '#lib/domain/preset-help.ts';
import { presetsFor } from '#lib/domain/presets.ts';
import { payloadProblems } from './form-issues.ts';
import { formatPayload } from './format-payload.ts';
import { PayloadEditor, type PayloadEditorHandle } from './payload-editor.tsx';
import { PayloadProblems } from './payload-problems.tsx';
import { PresetHelpDialog } from './preset-help-dialog.tsx';
import type { RequestPreview } from './use-request-preview.ts';
import { VariableChips } from './variable-chips.tsx';
import { useChosenWebhook, useProblem, useValues, useWizardForm } from './wizard-form.ts';

/** The payload: editor, presets, problems in words and the variables of the event. */
export function PayloadField({ preview }: { preview: RequestPreview }) {
  const form = useWizardForm();
  const values = useValues();
  const { on, action, team } = values;
  const editor = useRef<PayloadEditorHandle>(null);
  const [help, setHelp] = useState<PresetId | null>(null);
  const { webhook, secrets } = useChosenWebhook(team, action.webhook);
  const error = useProblem('action.payload');
  const problems = useMemo(
    () => (action.payload.trim() ? payloadProblems(values, secrets, preview.sampleValues) : []),
    [values, action.payload, secrets, preview.sampleValues],
  );
  const set = (payload: string) => form.setValue('action.payload', payload, { shouldDirty: true, shouldValidate: error !== undefined });
  const format = () => {
    const formatted = formatPayload(action.payload);
    if (formatted === null) toast.error('The brackets do not match, so there is nothing to lay out yet.');
    else set(formatted);
  };
  const presets = presetsFor(on);
  const chosen = presets.find(({ template }) => template.trim() === action.payload.trim());
  return (
    <div className="flex flex-col gap-5">
      <Field
        label="Payload"
        error={problems.length ? undefined : error}
        end={
          <>
            <Menu
              align="end"
              label="Presets"
              trigger={
                <Button size="sm" variant="ghost">
                  <LayoutTemplate />
                  {chosen?.name ?? 'Presets'}
                </Button>
              }
            >
              <MenuLabel>Replace the payload with</MenuLabel>
              {presets.map(({ id, name, template }) => (
                <MenuItem key={id} onSelect={() => set(template.trimEnd())}>
                  {name}
                </MenuItem>
              ))}
              <MenuSeparator />
              <MenuItem onSelect={() => set('')}>The event itself (empty payload)</MenuItem>
            </Menu>
            {chosen && (
              <Button size="sm" variant="ghost" onClick={() => setHelp(chosen.id)}>
                <CircleHelp />
                Set up
              </Button>
            )}
            <Button size="sm" variant="ghost" onClick={format}>
              <WandSparkles />
              Format
            </Button>
          </>
        }
      >
        <PayloadEditor
          ref={editor}
          value={action.payload}
          onChange={set}
          onFormat={format}
          on={on}
          problems={problems}
          sampleValues={preview.sampleValues}
          secretNames={secrets?.grantedSecrets ?? []}
          invalid={error !== undefined || problems.some(({ severity }) => severity === 'error')}
        />
        <PayloadProblems
          problems={problems}
          webhook={webhook}
          onShow={(problem) => editor.current?.reveal(problem)}
          onReplace={({ offset, length }, text) => set(action.payload.slice(0, offset) + text + action.payload.slice(offset + length))}
          nameAt={({ offset, length }) => action.payload.slice(offset + 2, offset + length - 1)}
        />
        {!action.payload.trim() && (
          <p className="text-meta text-fg-2">Empty: the event itself is sent, as the preview shows. Choose a preset to shape it.</p>
        )}
      </Field>
      <VariableChips
        on={on}
        sampleValues={preview.sampleValues}
        secretNames={secrets?.grantedSecrets ?? []}
        onInsert={(name) => editor.current?.insert(`\${${name}}`)}
      />
      <p id="payload-keys" className="text-meta leading-5 text-fg-3">
        Type <Kbd>$</Kbd> for variables, <Kbd>Ctrl Space</Kbd> to complete, <Kbd>Shift Alt F</Kbd> to format. <Kbd>Esc</Kbd>, then{' '}
        <Kbd>Tab</Kbd> moves to the next field.
      </p>
      {help && <PresetHelpDialog preset={presets.find(({ id }) => id === help)!} onClose={() => setHelp(null)} />}
    </div>
  );
}

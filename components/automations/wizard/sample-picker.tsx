'use client';

import { FlaskConical, Pencil, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { EventView } from '#lib/contracts/tracking.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { subjectOf } from './match-row.tsx';
import type { Sample } from './use-request-preview.ts';

interface SamplePickerProps {
  sample: Sample;
  /** Recent real ones. */
  events: readonly EventView[];
  /** What the preview was last made for: where editing begins. */
  current: JsonValue | undefined;
  onChange: (sample: Sample) => void;
}

const BUILT_IN = 'built-in';
const EDITED = 'edited';

/** The event to show: one that really happened, the built-in one, or JSON edited from either. */
export function SamplePicker({ sample, events, current, onChange }: SamplePickerProps) {
  const [editing, setEditing] = useState(false);
  const choose = (value: string) => {
    if (value === EDITED) setEditing(true);
    else onChange(value === BUILT_IN ? { kind: 'built-in' } : { kind: 'stored', eventId: value });
  };
  return (
    <>
      <Select
        size="sm"
        aria-label="Sample event"
        className="w-auto! max-w-60"
        value={sample.kind === 'stored' ? sample.eventId : sample.kind}
        onChange={choose}
        options={[
          ...(events.length
            ? [
                {
                  heading: 'Recent events',
                  options: events.slice(0, 20).map(({ id, title, at }) => ({
                    value: id,
                    label: (
                      <>
                        {subjectOf(title)}, <RelativeTime at={at} />
                      </>
                    ),
                    icon: <Zap />,
                  })),
                },
              ]
            : []),
          { value: BUILT_IN, label: 'Built-in sample', icon: <FlaskConical /> },
          { value: EDITED, label: sample.kind === 'edited' ? 'Edited sample' : 'Edit as JSON…', icon: <Pencil /> },
        ]}
      />
      {sample.kind === 'edited' && (
        <Button size="sm" variant="ghost" onClick={() => setEditing(true)}>
          Edit
        </Button>
      )}
      {editing && (
        <EditSample
          text={JSON.stringify(sample.kind === 'edited' ? sample.event : (current ?? {}), null, 2)}
          onClose={() => setEditing(false)}
          onUse={(event) => {
            onChange({ kind: 'edited', event });
            setEditing(false);
          }}
        />
      )}
    </>
  );
}

function EditSample({ text: first, onClose, onUse }: { text: string; onClose: () => void; onUse: (event: JsonValue) => void }) {
  const [text, setText] = useState(first);
  const [problem, setProblem] = useState<string>();
  const use = () => {
    try {
      onUse(JSON.parse(text) as JsonValue);
    } catch (error) {
      setProblem(`This is not JSON: ${(error as Error).message}.`);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title="Edit sample event"
      description="In the shape of the events endpoint. It changes the preview and the test only."
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="primary" onClick={use}>
            Use this event
          </Button>
        </>
      }
    >
      <Field label="Event" error={problem}>
        <Textarea mono rows={14} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  );
}

'use client';

import { Box, CalendarClock, Layers, LineChart, Link2, Play, Tag, TimerOff, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Combobox } from '#components/ui/combobox.tsx';
import { Field } from '#components/ui/field.tsx';
import { AUTOMATION_EVENTS, type AutomationEvent, eventTypeOf, isMetricEvent } from '#lib/domain/event-types.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import { useValues, useWizardForm } from './wizard-form.ts';

function iconOf(on: AutomationEvent): ReactNode {
  if (isMetricEvent(on)) return <LineChart />;
  if (on === 'artifact.created') return <Box />;
  if (on === 'artifact.linked') return <Link2 />;
  if (on === 'artifact.unlinked') return <Unlink />;
  if (on === 'run.state') return <Play />;
  if (on === 'run.silent') return <TimerOff />;
  if (on === 'schedule') return <CalendarClock />;
  return on.startsWith('collection') ? <Layers /> : <Tag />;
}

const OPTIONS = AUTOMATION_EVENTS.map((on) => ({
  value: on,
  label: eventTypeOf(on).label,
  description: eventTypeOf(on).description,
  icon: iconOf(on),
}));

/** Every event by its name here and in the documentation. */
export function EventPicker() {
  const form = useWizardForm();
  const { on } = useValues();
  const choose = (next: AutomationEvent) => {
    form.setValue('on', next, { shouldDirty: true });
    form.clearErrors();
    const { kind, name } = form.getValues('scope');
    const allowed: readonly ScopeKind[] = eventTypeOf(next).scopes;
    if (kind === 'matching' ? eventTypeOf(next).family === 'run' : !allowed.includes(kind))
      form.setValue(
        'scope',
        kind === 'collection' ? { kind: 'project', name: name.split('/').slice(0, 2).join('/') } : { kind: 'project', name: '' },
      );
  };
  return (
    <Field label="Event type" hint={hintOf(on)}>
      <Combobox
        value={on}
        onChange={(next) => choose(next as AutomationEvent)}
        options={OPTIONS}
        searchPlaceholder="Search events, also by their documented names"
      />
    </Field>
  );
}

function hintOf(on: AutomationEvent): string {
  if (isMetricEvent(on)) return 'Judged on each value a run logs, run by run. Fires at most once per run in 24 hours.';
  if (on === 'run.silent') return `${eventTypeOf(on).description} Fires at most once per run in 24 hours.`;
  if (on === 'run.state') return `${eventTypeOf(on).description} Fires once per run and new state.`;
  return eventTypeOf(on).description;
}

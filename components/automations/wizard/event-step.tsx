'use client';

import { eventTypeOf, isMetricEvent } from '#lib/domain/event-types.ts';
import { ArtifactConditions } from './artifact-conditions.tsx';
import { EventPicker } from './event-picker.tsx';
import { MetricCondition } from './metric-condition.tsx';
import { QueryNote } from './query-note.tsx';
import { SilentCondition, StateCondition } from './run-conditions.tsx';
import { RunFilters } from './run-filters.tsx';
import { ScheduleField } from './schedule-field.tsx';
import { ScopeField } from './scope-field.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { useValues } from './wizard-form.ts';

/** What happens, where, and under which conditions. */
export function EventStep({ templates }: { templates: boolean }) {
  const { on } = useValues();
  const { family } = eventTypeOf(on);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        {templates && <TemplateMenu />}
        <EventPicker />
      </div>
      <ScopeField />
      {(family === 'artifact' || family === 'collection') && <ArtifactConditions />}
      {isMetricEvent(on) && <MetricCondition />}
      {on === 'run.state' && <StateCondition />}
      {on === 'run.silent' && <SilentCondition />}
      {on === 'schedule' && <ScheduleField />}
      {(family === 'run' || family === 'schedule') && <RunFilters />}
      <QueryNote />
    </div>
  );
}

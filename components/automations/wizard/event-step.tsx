'use client';

import dynamic from 'next/dynamic';
import { SkeletonText } from '#components/ui/skeleton.tsx';
import { eventTypeOf, isMetricEvent } from '#lib/domain/event-types.ts';
import { ArtifactConditions } from './artifact-conditions.tsx';
import { EventPicker } from './event-picker.tsx';
import { QueryNote } from './query-note.tsx';
import { ScopeField } from './scope-field.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { useValues } from './wizard-form.ts';

const loading = () => <SkeletonText lines={3} />;
const MetricCondition = dynamic(() => import('./metric-condition.tsx').then((file) => file.MetricCondition), { loading });
const StateCondition = dynamic(() => import('./run-conditions.tsx').then((file) => file.StateCondition), { loading });
const SilentCondition = dynamic(() => import('./run-conditions.tsx').then((file) => file.SilentCondition), { loading });
const ScheduleField = dynamic(() => import('./schedule-field.tsx').then((file) => file.ScheduleField), { loading });
const RunFilters = dynamic(() => import('./run-filters.tsx').then((file) => file.RunFilters), { loading });

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

'use client';

import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Sentence, SentenceInput } from '#components/ui/sentence.tsx';
import { RUN_STATE_CHOICES } from '#lib/domain/run-states.ts';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

const STATES: Record<(typeof RUN_STATE_CHOICES)[number], [label: string, description: string]> = {
  running: ['Running', 'A run starts or resumes.'],
  finished: ['Finished', 'A run ends by itself.'],
  failed: ['Failed', 'A run ends with an error, or crashes. A killed run fires nothing.'],
};

export function StateCondition() {
  const form = useWizardForm();
  const { states } = useValues().filter;
  const problem = useProblem('filter.states');
  const toggle = (state: string, on: boolean) =>
    form.setValue(
      'filter.states',
      RUN_STATE_CHOICES.filter((one) => (one === state ? on : states.includes(one))),
      { shouldDirty: true, shouldValidate: true },
    );
  return (
    <Field group label="New state" error={problem}>
      <div className="flex flex-col gap-2.5">
        {RUN_STATE_CHOICES.map((state) => (
          <Checkbox
            key={state}
            checked={states.includes(state)}
            onChange={(on) => toggle(state, on === true)}
            label={STATES[state][0]}
            description={STATES[state][1]}
          />
        ))}
      </div>
    </Field>
  );
}

export function SilentCondition() {
  const form = useWizardForm();
  const { silentMinutes } = useValues().filter;
  const problem = useProblem('filter.silentMinutes');
  return (
    <Field
      group
      label="Condition"
      error={problem}
      hint="While the run is running. Heartbeats do not count, and neither does time in which Hookline was down."
    >
      <Sentence label="Condition">
        When a run has logged no metric for{' '}
        <SentenceInput
          aria-label="Minutes without data"
          inputMode="numeric"
          value={silentMinutes}
          invalid={problem !== undefined}
          onChange={(event) =>
            form.setValue('filter.silentMinutes', event.target.value, { shouldDirty: true, shouldValidate: problem !== undefined })
          }
          onBlur={() => void form.trigger('filter.silentMinutes')}
        />{' '}
        minutes
      </Sentence>
    </Field>
  );
}

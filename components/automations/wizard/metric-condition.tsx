'use client';

import { Field } from '#components/ui/field.tsx';
import { Sentence, SentenceInput, SentenceSelect } from '#components/ui/sentence.tsx';
import type { Aggregate, Comparison } from '#lib/domain/filter.ts';
import { SuggestionCombobox, useSuggestions } from './suggestions.tsx';
import { useProblem, useSuggestionScope, useValues, useWizardForm } from './wizard-form.ts';

type Path =
  | `filter.metric.${'window' | 'threshold'}`
  | `filter.change.${'window' | 'priorWindow' | 'amount'}`
  | `filter.zscore.${'window' | 'threshold'}`;

const AGGREGATES: { value: Aggregate; label: string }[] = [
  { value: 'average', label: 'average' },
  { value: 'min', label: 'lowest' },
  { value: 'max', label: 'highest' },
  { value: 'none', label: 'newest value' },
];
const COMPARISONS: { value: Comparison; label: string }[] = [
  { value: 'below', label: 'below' },
  { value: 'below_or_equal', label: 'below or equal to' },
  { value: 'above', label: 'above' },
  { value: 'above_or_equal', label: 'above or equal to' },
  { value: 'equal', label: 'equal to' },
  { value: 'not_equal', label: 'not equal to' },
  { value: 'nan_or_infinite', label: 'NaN or infinite' },
];

/** The rule of a metric event, as a sentence to fill in. */
export function MetricCondition() {
  const { on } = useValues();
  const key = on === 'run.metric_threshold' ? 'metric' : on === 'run.metric_change' ? 'change' : 'zscore';
  const problems = [
    useProblem(`filter.${key}.name`),
    useProblem(`filter.${key}.window`),
    useProblem(`filter.${key}.priorWindow`),
    useProblem(`filter.${key}.threshold`),
    useProblem(`filter.${key}.amount`),
  ].filter((problem) => problem !== undefined);
  return (
    <Field group label="Condition" error={problems.length ? [...new Set(problems)].join(' ') : undefined} hint={<MetricHint name={key} />}>
      <Sentence label="Condition">
        {key === 'metric' && <ThresholdSentence />}
        {key === 'change' && <ChangeSentence />}
        {key === 'zscore' && <ZscoreSentence />}
      </Sentence>
    </Field>
  );
}

function ThresholdSentence() {
  const form = useWizardForm();
  const { aggregate, is } = useValues().filter.metric;
  const single = is === 'nan_or_infinite';
  return (
    <>
      When {single ? 'a value of ' : 'the '}
      {!single && (
        <SentenceSelect
          aria-label="Aggregate"
          value={aggregate}
          onChange={(value) => form.setValue('filter.metric.aggregate', value, { shouldDirty: true })}
          options={AGGREGATES}
        />
      )}
      {!single && (aggregate === 'none' ? ' of ' : <Window path="filter.metric.window" />)}
      <Metric name="metric" /> is{' '}
      <SentenceSelect
        aria-label="Comparison"
        value={is}
        onChange={(value) => form.setValue('filter.metric.is', value, { shouldDirty: true })}
        options={COMPARISONS}
      />
      {!single && (
        <>
          {' '}
          <Amount path="filter.metric.threshold" label="Threshold" />
        </>
      )}
    </>
  );
}

function ChangeSentence() {
  const form = useWizardForm();
  const { aggregate, measure, by } = useValues().filter.change;
  return (
    <>
      When the{' '}
      <SentenceSelect
        aria-label="Aggregate"
        value={aggregate}
        onChange={(value) => form.setValue('filter.change.aggregate', value, { shouldDirty: true })}
        options={AGGREGATES}
      />
      {aggregate === 'none' ? ' of ' : <Window path="filter.change.window" />}
      <Metric name="change" />{' '}
      <SentenceSelect
        aria-label="Direction"
        value={by}
        onChange={(value) => form.setValue('filter.change.by', value, { shouldDirty: true })}
        options={[
          { value: 'increase', label: 'increases by at least' },
          { value: 'decrease', label: 'decreases by at least' },
          { value: 'any', label: 'increases or decreases by at least' },
          { value: 'less_than', label: 'changes by less than' },
        ]}
      />{' '}
      <Amount path="filter.change.amount" label="Amount" />{' '}
      <SentenceSelect
        aria-label="Measure"
        value={measure}
        onChange={(value) => form.setValue('filter.change.measure', value, { shouldDirty: true })}
        options={[
          { value: 'relative', label: '%' },
          { value: 'absolute', label: 'in absolute terms' },
        ]}
      />{' '}
      against the{' '}
      {aggregate === 'none' ? (
        'value before'
      ) : (
        <>
          <Amount path="filter.change.priorWindow" label="Prior window" size={2} /> values before
        </>
      )}
    </>
  );
}

function ZscoreSentence() {
  const form = useWizardForm();
  const { direction } = useValues().filter.zscore;
  return (
    <>
      When a value of <Metric name="zscore" /> lies <Amount path="filter.zscore.threshold" label="Standard deviations" size={2} /> standard
      deviations or more{' '}
      <SentenceSelect
        aria-label="Direction"
        value={direction}
        onChange={(value) => form.setValue('filter.zscore.direction', value, { shouldDirty: true })}
        options={[
          { value: 'either', label: 'above or below' },
          { value: 'above', label: 'above' },
          { value: 'below', label: 'below' },
        ]}
      />{' '}
      the mean of the <Amount path="filter.zscore.window" label="Window" size={2} /> values before it
    </>
  );
}

function Window({ path }: { path: Path }) {
  return (
    <>
      {' '}
      of the last <Amount path={path} label="Window" size={2} /> values of{' '}
    </>
  );
}

function Amount({ path, label, size = 4 }: { path: Path; label: string; size?: number }) {
  const form = useWizardForm();
  const problem = useProblem(path);
  const [, rule, field] = path.split('.') as ['filter', 'metric', 'window'];
  const value = useValues().filter[rule][field];
  return (
    <SentenceInput
      aria-label={label}
      inputMode="decimal"
      size={size}
      value={value}
      invalid={problem !== undefined}
      onChange={(event) => form.setValue(path, event.target.value, { shouldDirty: true, shouldValidate: problem !== undefined })}
      onBlur={() => void form.trigger(path)}
    />
  );
}

function Metric({ name }: { name: 'metric' | 'change' | 'zscore' }) {
  const form = useWizardForm();
  const scope = useSuggestionScope();
  const problem = useProblem(`filter.${name}.name`);
  return (
    <SuggestionCombobox
      inline
      mono
      aria-label="Metric"
      placeholder="metric"
      searchPlaceholder="Search or type a metric"
      emptyText="No metric logged yet. Type its name."
      scope={scope}
      kind="metric"
      invalid={problem !== undefined}
      value={useValues().filter[name].name}
      onChange={(value) => form.setValue(`filter.${name}.name`, value, { shouldDirty: true, shouldValidate: problem !== undefined })}
    />
  );
}

/** What is known of the metric: its last value, or that nothing has logged it yet. */
function MetricHint({ name }: { name: 'metric' | 'change' | 'zscore' }) {
  const metric = useValues().filter[name].name;
  const scope = useSuggestionScope();
  const found = useSuggestions(scope, 'metric', metric);
  if (!metric) return 'Complete the sentence. Metrics are completed from what runs have logged.';
  if (!scope || !found.data || found.isPlaceholderData) return null;
  const items = found.data.items;
  const known = items.find(({ value }) => value === metric);
  if (known) return known.detail ? `${metric} · ${known.detail}` : `${metric} is logged by runs here.`;
  const system = items.find(({ value }) => value === `system.${metric}`);
  if (system) return `No run logs ${metric} itself; the system metric system.${metric} is used.`;
  return `${metric} is not logged yet. The automation waits for it.`;
}

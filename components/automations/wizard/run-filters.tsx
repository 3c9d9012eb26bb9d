'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Select } from '#components/ui/select.tsx';
import type { RunFilterKind, RunFilterRow } from './form-values.ts';
import { RunTags } from './run-tags.tsx';
import { SuggestionCombobox } from './suggestions.tsx';
import { useRules } from './use-rules.ts';
import { useProblem, useSuggestionScope, useValues, useWizardForm } from './wizard-form.ts';

const KINDS: Record<RunFilterKind, { label: string; verb: string }> = {
  tags: { label: 'Tag', verb: 'includes' },
  name: { label: 'Run name', verb: 'matches' },
  user: { label: 'User', verb: 'is' },
  group: { label: 'Group', verb: 'is' },
  jobType: { label: 'Job type', verb: 'is' },
  config: { label: 'Config value', verb: 'equals' },
  minDuration: { label: 'Duration', verb: 'is at least' },
};
const ALL = Object.keys(KINDS) as RunFilterKind[];

/** Narrows the runs: rows of "what, how, which", all of which must hold. */
export function RunFilters() {
  const { control } = useWizardForm();
  const { filter, on } = useValues();
  const { fields, append, remove } = useFieldArray({ control, name: 'filter.run' });
  // Several config values may be asked for, of the others one each.
  const free = ALL.filter((kind) => kind === 'config' || !filter.run.some((row) => row.kind === kind));
  return (
    <section aria-labelledby="run-filters" className="flex flex-col gap-2">
      <h2 id="run-filters" className="text-small font-medium">
        {on === 'schedule' ? 'Only these runs in the summary' : 'Only for these runs'}{' '}
        <span className="font-normal text-fg-3">optional, all must match</span>
      </h2>
      {filter.query && (
        <p className="text-meta text-fg-2">
          The filter of the Python client below decides which runs count. What is added here must hold besides.
        </p>
      )}
      {fields.map((field, index) => (
        <Row key={field.id} index={index} free={free} onRemove={() => remove(index)} />
      ))}
      <div>
        <Menu
          align="start"
          label="Add run filter"
          trigger={
            <Button size="sm" variant="ghost" className="-ml-2.5">
              <Plus />
              Add run filter
            </Button>
          }
        >
          {free.map((kind) => (
            <MenuItem key={kind} onSelect={() => append({ kind, key: '', text: '', values: [] })}>
              {KINDS[kind].label}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </section>
  );
}

function Row({ index, free, onRemove }: { index: number; free: RunFilterKind[]; onRemove: () => void }) {
  const form = useWizardForm();
  const rules = useRules();
  const row = useValues().filter.run[index];
  const textProblem = useProblem(`filter.run.${index}.text`);
  const tagProblem = useProblem(`filter.run.${index}.values`);
  if (!row) return null;
  const refused = row.kind === 'name' && row.text ? rules?.checkPattern(row.text) : null;
  const problem = textProblem ?? tagProblem ?? refused;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-2 sm:flex-nowrap">
        <Select
          aria-label="Run filter"
          className="w-33! flex-none max-sm:w-auto! max-sm:flex-1"
          value={row.kind}
          onChange={(kind) => form.setValue(`filter.run.${index}`, { kind, key: '', text: '', values: [] }, { shouldDirty: true })}
          options={ALL.filter((kind) => kind === row.kind || free.includes(kind)).map((kind) => ({
            value: kind,
            label: KINDS[kind].label,
          }))}
        />
        <span className="flex-none text-small text-fg-2">{KINDS[row.kind].verb}</span>
        <span className="flex min-w-0 flex-1 gap-2 max-sm:basis-full">
          <RowValue index={index} row={row} invalid={Boolean(problem)} />
          <IconButton label={`Remove the filter ${KINDS[row.kind].label}`} onClick={onRemove}>
            <Trash2 />
          </IconButton>
        </span>
      </div>
      {problem && <FieldError>{problem}</FieldError>}
    </div>
  );
}

const SUGGESTED = { user: 'user', group: 'group', jobType: 'jobType' } as const;

function RowValue({ index, row, invalid }: { index: number; row: RunFilterRow; invalid: boolean }) {
  const form = useWizardForm();
  const scope = useSuggestionScope();
  const set = (text: string) => form.setValue(`filter.run.${index}.text`, text, { shouldDirty: true, shouldValidate: invalid });
  const label = `${KINDS[row.kind].label} ${KINDS[row.kind].verb}`;
  switch (row.kind) {
    case 'tags':
      return (
        <RunTags
          scope={scope}
          values={row.values}
          onChange={(values) => form.setValue(`filter.run.${index}.values`, values, { shouldDirty: true, shouldValidate: invalid })}
        />
      );
    case 'name':
      return (
        <Input
          mono
          spellCheck={false}
          aria-label={label}
          placeholder="^sweep-"
          value={row.text}
          invalid={invalid}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'minDuration':
      return (
        <Input
          aria-label={label}
          inputMode="decimal"
          after="minutes"
          value={row.text}
          invalid={invalid}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'config':
      return (
        <>
          <SuggestionCombobox
            aria-label="Config key"
            mono
            placeholder="key"
            scope={scope}
            kind="configKey"
            value={row.key}
            onChange={(key) => form.setValue(`filter.run.${index}.key`, key, { shouldDirty: true })}
          />
          <Input
            mono
            aria-label={label}
            placeholder="value"
            value={row.text}
            invalid={invalid}
            onChange={(event) => set(event.target.value)}
          />
        </>
      );
    default:
      return (
        <SuggestionCombobox aria-label={label} scope={scope} kind={SUGGESTED[row.kind]} value={row.text} invalid={invalid} onChange={set} />
      );
  }
}

'use client';

import { Check } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { exactPattern, isBareText } from '#lib/domain/pattern-text.ts';
import { useQueryFields } from './query-note.tsx';
import { type SuggestionKind, useSuggestions } from './suggestions.tsx';
import { useRules } from './use-rules.ts';
import { useProblem, useSuggestionScope, useValues, useWizardForm } from './wizard-form.ts';

interface PatternFieldProps {
  name: 'alias' | 'tag' | 'collection';
  label: string;
  note?: string;
  /** "aliases": what the pattern is searched in. */
  noun: string;
  kind: SuggestionKind;
  hint: string;
  placeholder: string;
}

const MOST_SHOWN = 12;

/** An RE2 pattern with what it matches today, from what the scope really holds. */
export function PatternField({ name, label, note, noun, kind, hint, placeholder }: PatternFieldProps) {
  const form = useWizardForm();
  const pattern = useValues().filter[name];
  const rules = useRules();
  const refused = pattern && rules ? rules.checkPattern(pattern) : null;
  const error = useProblem(`filter.${name}`) ?? refused ?? undefined;
  const inQuery = useQueryFields().includes(name);
  const told = inQuery ? `The filter of the Python client below decides about ${noun}. A pattern here must match besides.` : hint;
  const set = (value: string) => form.setValue(`filter.${name}`, value, { shouldDirty: true, shouldValidate: true });
  return (
    <Field label={label} note={note} error={error} hint={pattern ? undefined : told}>
      <Input
        mono
        spellCheck={false}
        placeholder={inQuery ? undefined : placeholder}
        value={pattern}
        onChange={(event) => set(event.target.value)}
        invalid={error !== undefined}
      />
      {!refused && <Matches pattern={pattern} noun={noun} kind={kind} onChoose={(text) => set(exactPattern(text))} />}
    </Field>
  );
}

function Matches({
  pattern,
  noun,
  kind,
  onChoose,
}: {
  pattern: string;
  noun: string;
  kind: SuggestionKind;
  onChoose: (text: string) => void;
}) {
  const rules = useRules();
  const scope = useSuggestionScope();
  const found = useSuggestions(scope, kind);
  const names = found.data?.items.map(({ value }) => value) ?? [];
  if (!scope || names.length === 0) return null;
  const judged = pattern !== '' && rules !== null;
  const matching = judged ? names.filter((name) => rules.searchPattern(pattern, name)) : names;
  const shown = matching.slice(0, MOST_SHOWN);
  return (
    <div className="flex flex-col gap-1.5" aria-live="polite">
      <div className="flex flex-wrap items-center gap-1 text-meta text-fg-3">
        <span className="mr-1">
          {!judged
            ? `Existing ${noun}:`
            : matching.length
              ? `Matches ${matching.length} of ${names.length}:`
              : `Matches none of the ${names.length} existing ${noun}.`}
        </span>
        {shown.map((name) => (
          <button key={name} type="button" onClick={() => onChoose(name)} title={`Match exactly ${name}`} className="max-w-full rounded-xs">
            <Chip kind={judged ? 'on' : 'alias'} icon={judged ? <Check /> : undefined}>
              {name}
            </Chip>
          </button>
        ))}
        {matching.length > shown.length && <span>and {matching.length - shown.length} more</span>}
      </div>
      {pattern && isBareText(pattern) && (
        <p className="flex flex-wrap items-center gap-x-2 text-meta text-fg-2">
          Found inside longer names too.
          <Button size="sm" variant="ghost" onClick={() => onChoose(pattern)}>
            Match exactly: ^{pattern}$
          </Button>
        </p>
      )}
    </div>
  );
}

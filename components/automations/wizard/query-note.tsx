'use client';

import { useMemo } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { JsonObject } from '#lib/domain/json.ts';
import { fieldsOfQuery, queryWords } from '#lib/domain/query-words.ts';
import { Words } from '../words.tsx';
import { useProblem, useValues, useWizardForm } from './wizard-form.ts';

/** The fields that the client's filter asks about: of those no other field here may say that it takes anything. */
export function useQueryFields(): string[] {
  const { query } = useValues().filter;
  return useMemo(() => (query ? fieldsOfQuery(JSON.parse(query) as JsonObject) : []), [query]);
}

/** A filter that came from the Python client: kept exactly, shown, and removable; the fields above cannot say it. */
export function QueryNote() {
  const form = useWizardForm();
  const { query } = useValues().filter;
  const error = useProblem('filter.query');
  if (!query) return null;
  return (
    <Callout
      tone={error ? 'danger' : 'neutral'}
      action={
        <Button size="sm" onClick={() => form.setValue('filter.query', '', { shouldDirty: true, shouldValidate: true })}>
          Remove filter
        </Button>
      }
    >
      {error ?? (
        <>
          This automation also has a filter from the Python client, kept as it is:{' '}
          <Words words={queryWords(JSON.parse(query) as JsonObject)} />.
        </>
      )}
      <code className="mt-1 block font-mono text-[12px] wrap-anywhere">{query}</code>
    </Callout>
  );
}

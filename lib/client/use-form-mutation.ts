import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { ApiError, messageOf } from './http.ts';

type Form<Values extends FieldValues> = Pick<UseFormReturn<Values>, 'getValues' | 'setError'>;

/** What a form sends. A refusal's issues go to the fields they name; `refusal` says what belongs to no field. */
export function useFormMutation<Values extends FieldValues, Data, Input>(
  form: Form<Values>,
  options: UseMutationOptions<Data, Error, Input>,
) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const mutation = useMutation({
    ...options,
    onMutate: () => setRefusal(null),
    onError: (error) => setRefusal(applyIssues(form, error)),
  });
  return { ...mutation, refusal };
}

/** Focuses the first field that is named. Answers null when every issue found its field. */
function applyIssues<Values extends FieldValues>(form: Form<Values>, error: Error): string | null {
  if (!(error instanceof ApiError)) return messageOf(error);
  const fields = fieldsIn(form.getValues());
  const placed = error.issues.filter(({ path }) => fields.has(path.join('.')));
  for (const [index, { path, message }] of placed.entries())
    form.setError(path.join('.') as FieldPath<Values>, { type: 'server', message }, { shouldFocus: index === 0 });
  return placed.length > 0 && placed.length === error.issues.length ? null : error.message;
}

function fieldsIn(value: unknown, path = '', found = new Set<string>()): Set<string> {
  if (path) found.add(path);
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) fieldsIn(inner, path ? `${path}.${key}` : key, found);
  return found;
}

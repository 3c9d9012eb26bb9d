import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { ApiError } from './http.ts';

/**
 * Puts a refusal's issues on the fields they name and focuses the first. Answers the sentence for what belongs to no field,
 * null when every issue found its field.
 */
export function applyIssues<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  prefix: readonly (string | number)[] = [],
): string | null {
  if (!(error instanceof ApiError)) throw error;
  let placed = 0;
  for (const { path, message } of error.issues) {
    const name = path.slice(prefix.length).join('.') as FieldPath<Values>;
    if (!isField(form, name)) continue;
    form.setError(name, { type: 'server', message }, { shouldFocus: placed === 0 });
    placed += 1;
  }
  return placed > 0 && placed === error.issues.length ? null : error.message;
}

function isField<Values extends FieldValues>(form: UseFormReturn<Values>, name: string): boolean {
  return name !== '' && name in flat(form.getValues());
}

function flat(value: unknown, path = '', found: Record<string, true> = {}): Record<string, true> {
  if (path) found[path] = true;
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) flat(inner, path ? `${path}.${key}` : key, found);
  return found;
}

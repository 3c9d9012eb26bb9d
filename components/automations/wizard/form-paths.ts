import { type FieldErrors, get, set } from 'react-hook-form';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import type { Issue } from '#lib/errors.ts';
import type { RunFilterKind, WizardValues } from './form-values.ts';

const ROW_OF: Record<string, RunFilterKind> = { minDurationSeconds: 'minDuration' };

/** The form's field for a path of the document. */
export function toFormPath(path: Issue['path'], values: WizardValues): string {
  const [first, second, third] = path;
  if (first === 'scope') return 'scope.name';
  if (first === 'retry') return 'retry.delaysSeconds';
  if (first === 'filter' && second === 'run' && third !== undefined) {
    const kind = ROW_OF[third] ?? third;
    const index = values.filter.run.findIndex((row) => row.kind === kind && (kind !== 'config' || row.key === path[3]));
    return index === -1 ? 'filter.run' : `filter.run.${index}.${kind === 'tags' ? 'values' : 'text'}`;
  }
  if (first === 'filter' && (second === 'query' || second === 'states')) return `filter.${second}`;
  if (first === 'action' && second === 'payload') return 'action.payload';
  return path.join('.');
}

/** As react-hook-form keeps them: nested by path, the first message of each field. */
export function toFieldErrors(issues: readonly Issue[], values: WizardValues): FieldErrors<WizardValues> {
  const errors: Record<string, unknown> = {};
  for (const { path, message } of issues) {
    const keys = toFormPath(path, values);
    if (get(errors, keys) === undefined) set(errors, keys, { type: 'rule', message });
  }
  return errors as FieldErrors<WizardValues>;
}

/** The place that completions are asked for: `project:acme/vision`. */
export function suggestionScope(scope: ScopeDocument | null): string | null {
  if (!scope) return null;
  const [kind, name] = Object.entries(scope)[0]!;
  return `${kind}:${name}`;
}

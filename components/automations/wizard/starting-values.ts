import { AutomationDocument } from '#lib/domain/automation.ts';
import { presetFor } from '#lib/domain/presets.ts';
import { USE_CASES, type UseCase } from '#lib/domain/use-cases.ts';
import { toValues } from './form-document.ts';
import { emptyValues, type WizardValues } from './form-values.ts';

/** Names that the empty list's three starting points had before the table of use cases. */
const OTHER_NAMES: Record<string, string> = { 'notify-failed-run': 'failed-runs' };

export function findUseCase(start: string | undefined): UseCase | undefined {
  return start === undefined ? undefined : USE_CASES.find(({ id }) => id === (OTHER_NAMES[start] ?? start));
}

/** What a template's name, or none, begins with. With the schemas and payloads of all: for the server, and the dialog of templates. */
export function startingValues(start: string | undefined): WizardValues {
  const empty = emptyValues();
  if (start === 'alert-on-loss') return { ...empty, on: 'run.metric_threshold', name: 'Loss crossed its limit' };
  const useCase = findUseCase(start);
  return useCase ? valuesOfUseCase(useCase) : empty;
}

/** Scope and target stay open: the schema fills in the rest. */
function valuesOfUseCase({ start, action, message, preset }: UseCase): WizardValues {
  const target = action === 'slack' ? { slack: UNKNOWN, ...message } : { webhook: UNKNOWN };
  const values = toValues(AutomationDocument.parse({ ...start, scope: { project: UNKNOWN }, action: target }));
  const payload = preset ? presetFor(preset, values.on).template.trimEnd() : '';
  return { ...values, scope: emptyValues().scope, team: '', action: { ...values.action, webhook: '', slack: '', payload } };
}

const UNKNOWN = 'unknown';

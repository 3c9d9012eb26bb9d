import { AutomationDocument } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import { presetFor } from '#lib/domain/presets.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import { USE_CASES, type UseCase } from '#lib/domain/use-cases.ts';
import { scopeOf, teamOfScope, toValues } from './form-document.ts';
import { emptyValues, type WizardValues } from './form-values.ts';

/** The wizard's address: what it begins with. */
export type WizardStart = {
  start?: string;
  scope?: string;
  from?: string;
  metric?: string;
  value?: string;
};

/** Names that the empty list's three starting points had before the table of use cases. */
const OTHER_NAMES: Record<string, string> = { 'notify-failed-run': 'failed-runs' };

export function findUseCase(start: string | undefined): UseCase | undefined {
  return start === undefined ? undefined : USE_CASES.find(({ id }) => id === (OTHER_NAMES[start] ?? start));
}

/** First values of a new automation, from the address it was opened with. */
export function firstValues(search: WizardStart, from?: WizardValues): WizardValues {
  const values = from ? { ...from, name: copyOf(from.name) } : startingValues(search);
  const scope = search.scope ? parseScope(search.scope) : null;
  if (scope) values.scope = scope;
  if (search.metric) {
    values.on = 'run.metric_threshold';
    values.filter.metric = { ...values.filter.metric, name: search.metric, threshold: search.value ?? '' };
  }
  if (scope && !eventTypeOf(values.on).scopes.includes(scope.kind as ScopeKind)) values.on = firstEventOf(scope.kind as ScopeKind);
  const place = scopeOf(values.scope);
  if (!values.team && place) values.team = teamOfScope(place) ?? '';
  return values;
}

function startingValues({ start }: WizardStart): WizardValues {
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

const SCOPE_KINDS: readonly string[] = ['project', 'collection', 'registry', 'registryCollection', 'team', 'organization'];

function parseScope(text: string): WizardValues['scope'] | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  return colon > 0 && SCOPE_KINDS.includes(kind) ? { kind: kind as ScopeKind, name: text.slice(colon + 1) } : null;
}

/** Registries have no runs: there the first event is the alias. */
const firstEventOf = (kind: ScopeKind): AutomationEvent => (kind.startsWith('registry') ? 'artifact.alias_added' : 'artifact.created');

const copyOf = (name: string) => `${name.slice(0, 240)} (copy)`;

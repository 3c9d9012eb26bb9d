import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { eventTypeOf } from '#lib/domain/event-types.ts';
import type { ScopeKind } from '#lib/domain/scope-name.ts';
import { scopeOf, teamOfScope } from './form-document.ts';
import type { WizardValues } from './form-values.ts';

/** The wizard's address: what it begins with. */
export type WizardStart = {
  start?: string;
  scope?: string;
  from?: string;
  metric?: string;
  value?: string;
};

/** First values of a new automation, from the address it was opened with and what that begins from. */
export function firstValues(search: WizardStart, from: WizardValues): WizardValues {
  const values = structuredClone(from);
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

const SCOPE_KINDS: readonly string[] = ['project', 'collection', 'registry', 'registryCollection', 'team', 'organization'];

function parseScope(text: string): WizardValues['scope'] | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  return colon > 0 && SCOPE_KINDS.includes(kind) ? { kind: kind as ScopeKind, name: text.slice(colon + 1) } : null;
}

/** Registries have no runs: there the first event is the alias. */
const firstEventOf = (kind: ScopeKind): AutomationEvent => (kind.startsWith('registry') ? 'artifact.alias_added' : 'artifact.created');

export const copyOf = (name: string) => `${name.slice(0, 240)} (copy)`;

import { automationQueries } from '#lib/client/automations.ts';
import { integrationQueries } from '#lib/client/integrations.ts';
import type { Prefetchable } from '#lib/client/query.ts';
import { projectQueries, registryQueries, suggestionQuery } from '#lib/client/tracking.ts';
import { eventTypeOf, isMetricEvent } from '#lib/domain/event-types.ts';
import { scopeOf, toDocument } from './form-document.ts';
import { suggestionScope } from './form-paths.ts';
import type { WizardValues } from './form-values.ts';
import type { SuggestionKind } from './suggestions.tsx';

const MOST_MATCHES = 50;

/** What recent events would have done. Only what decides is asked about, so that typing a payload asks nothing. */
export const matchesQuery = (trigger: ReturnType<typeof triggerOf>) => automationQueries.matches(trigger, MOST_MATCHES);

export function triggerOf(values: WizardValues) {
  const { on, scope, filter } = toDocument(values);
  return { on, ...(scope !== undefined && { scope }), filter } as Record<string, NonNullable<typeof filter>>;
}

/** Everything that the wizard shows first with these values: read on the server, so that the browser need not. */
export function firstReads(values: WizardValues): Prefetchable[] {
  const scope = suggestionScope(scopeOf(values.scope));
  return [
    projectQueries.whole(),
    registryQueries.all(),
    ...(values.team ? [integrationQueries.webhooks(values.team), integrationQueries.secrets(values.team)] : []),
    ...(scope ? [matchesQuery(triggerOf(values)), ...suggestedFirst(values.on).map((kind) => suggestionQuery(scope, kind, ''))] : []),
  ];
}

function suggestedFirst(on: WizardValues['on']): SuggestionKind[] {
  if (isMetricEvent(on)) return ['metric'];
  switch (eventTypeOf(on).family) {
    case 'artifact':
      return ['alias', 'tag', 'collection'];
    case 'collection':
      return ['collectionTag', 'collection'];
    default:
      return [];
  }
}

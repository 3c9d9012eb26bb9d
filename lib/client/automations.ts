import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { AutomationDraft } from '#lib/domain/automation.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { ScopeDocument } from '#lib/domain/scope.ts';
import { scopeKindOf, scopeNameOf } from '#lib/domain/scope-name.ts';
import { http, type Search } from './http.ts';
import { apiKey, apiPages, apiQuery, segment } from './query.ts';
import type { Container } from './tracking.ts';
import { viewsOf } from './views.ts';

const automations = viewsOf(() => import('#lib/contracts/automations.ts'));
const integrations = viewsOf(() => import('#lib/contracts/integrations.ts'));

/** A draft as the wizard holds it: need not be complete. */
export type LooseDraft = Record<string, JsonValue>;
export type PreviewInput = { automation: LooseDraft; eventId?: string; event?: JsonValue };

export const automationQueries = {
  /** All that I can see, or those of one place and what lies inside it. */
  list: (search: Search = {}) => apiPages('/automations', automations.view('AutomationPage'), search),
  in: (at: Container, search: Search = {}) =>
    'registry' in at
      ? apiPages(`/registries/${segment(at.registry)}/automations`, automations.view('AutomationPage'), {
          organization: at.organization,
          ...search,
        })
      : apiPages(`/projects/${segment(at.entity)}/${segment(at.project)}/automations`, automations.view('AutomationPage'), search),
  /** Those of any scope that watch this one. */
  watching: (scope: ScopeDocument) =>
    apiPages('/automations', automations.view('AutomationPage'), { watching: `${scopeKindOf(scope)}:${scopeNameOf(scope)}` }),
  one: (id: string) => apiQuery(`/automations/${segment(id)}`, automations.view('AutomationView')),
  /** What it judged lately without firing, and why. */
  nearMisses: (id: string) => apiQuery(`/automations/${segment(id)}/near-misses`, automations.view('NearMissesView')),
  /** The request that would be sent and the decision, for a stored, built-in or edited event. */
  preview: (input: PreviewInput) => ({
    queryKey: ['api', 'automations', 'preview', input] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => http.post('/automations/preview', input, automations.view('PreviewView'), { signal }),
  }),
  /** What recent events would have done. */
  matches: (automation: LooseDraft, limit = 20) => {
    const view = automations.view('RecentMatches');
    return {
      queryKey: ['api', 'automations', 'matches', automation, limit] as const,
      queryFn: ({ signal }: { signal: AbortSignal }) => http.post('/automations/matches', { automation, limit }, view, { signal }),
      request: { path: '/automations/matches', search: {}, view, body: { automation, limit } },
    };
  },
};

/** When settled, not on success: screens give an onSuccess of their own, which takes this one's place. */
const refresh = (client: QueryClient) => () => client.invalidateQueries({ queryKey: ['api'] });

export const createAutomation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (draft: AutomationDraft) => http.post('/automations', draft, automations.view('AutomationView')),
    onSettled: refresh(client),
  });
export const updateAutomation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, ...patch }: { id: string } & Partial<AutomationDraft>) =>
      http.patch(`/automations/${segment(id)}`, patch, automations.view('AutomationView')),
    onSettled: refresh(client),
  });
export const deleteAutomation = (client: QueryClient) =>
  mutationOptions({ mutationFn: (id: string) => http.delete(`/automations/${segment(id)}`), onSettled: refresh(client) });
export const bulkAutomations = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: { ids: string[]; action: 'enable' | 'disable' | 'delete' }) =>
      http.post('/automations/bulk', body, automations.view('BulkResult')),
    onSettled: refresh(client),
  });
/** A real execution on a chosen event, marked manual. */
export const runAutomationNow = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, ...body }: { id: string; eventId?: string; event?: JsonValue }) =>
      http.post(`/automations/${segment(id)}/run`, body, automations.view('RunNowView')),
    onSettled: (_view, _error, { id }) =>
      Promise.all([apiKey('/executions'), apiKey(`/automations/${segment(id)}`)].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
/** Sends the draft's request for real; kept out of the history. */
export const testAutomation = () =>
  mutationOptions({ mutationFn: (input: PreviewInput) => http.post('/automations/test', input, integrations.view('TestResult')) });
/** Replays stored history against a draft, line by line. */
export const backtest = (automation: LooseDraft, days: number, signal: AbortSignal) =>
  http.postLines('/automations/backtest', { automation, days }, automations.view('BacktestLine'), signal);

import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { JsonValue } from '#lib/domain/json.ts';
import { http, type Search } from './http.ts';
import { apiKey, apiPages, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const automations = viewsOf(() => import('#lib/contracts/automations.ts'));
const home = viewsOf(() => import('#lib/contracts/home.ts'));

export const executionQueries = {
  /** Newest first; filters: automation, status, project, webhook, run, since, until. */
  list: (search: Search = {}) => apiPages('/executions', automations.view('ExecutionPage'), search),
  /** What one run set off lately. */
  ofRun: (project: string, run: string) => apiPages('/executions', automations.view('ExecutionPage'), { project, run, limit: 20 }),
  counts: (search: Search = {}) => apiQuery('/executions/counts', automations.view('ExecutionCounts'), search),
  one: (id: string) => apiQuery(`/executions/${segment(id)}`, automations.view('ExecutionView')),
};

export const homeQuery = () => apiQuery('/home', home.view('HomeView'));

const refresh = (client: QueryClient) => () => client.invalidateQueries({ queryKey: apiKey('/executions') });

/** Sends again: the same id and stored payload, live URL and secrets. With a payload: a new execution that names this one. */
export const replayExecution = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, payload }: { id: string; payload?: JsonValue }) =>
      http.post(`/executions/${segment(id)}/replay`, payload === undefined ? {} : { payload }, automations.view('ReplayView')),
    onSettled: refresh(client),
  });
/** A waiting one is tried at once; a skipped one is sent. */
export const sendExecutionNow = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.post(`/executions/${segment(id)}/send-now`, {}, automations.view('ReplayView')),
    onSettled: refresh(client),
  });

import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { ReplayManyBody } from '#lib/contracts/dead-letters.ts';
import { http, type Search } from './http.ts';
import { apiKey, apiPages, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const deadLetters = viewsOf(() => import('#lib/contracts/dead-letters.ts'));

export const deadLetterQueries = {
  /** What failed last first; filters: entity, webhook, automation, cause, project, since, until. */
  list: (search: Search = {}) => apiPages('/dead-letters', deadLetters.view('DeadLetterPage'), search),
  /** The last few of one integration. */
  newestOf: (webhook: string) => apiPages('/dead-letters', deadLetters.view('DeadLetterPage'), { webhook, limit: 5 }),
  summary: (search: Search = {}) => apiQuery('/dead-letters/summary', deadLetters.view('DeadLetterSummary'), search),
  replays: () => apiPages('/replays', deadLetters.view('ReplayManyPage'), { limit: 20 }),
  /** The newest few, for what goes on now. */
  newestReplays: () => apiQuery('/replays', deadLetters.view('ReplayManyPage'), { limit: 3 }),
  preview: (body: ReplayManyBody) => ({
    queryKey: [...apiKey('/replays/preview'), body] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => http.post('/replays/preview', body, deadLetters.view('ReplayPreview'), { signal }),
    request: { path: '/replays/preview', search: {}, view: deadLetters.view('ReplayPreview'), body },
  }),
};

const refresh = (client: QueryClient) => async () => {
  await client.invalidateQueries({ queryKey: apiKey('/replays') });
  await client.invalidateQueries({ queryKey: apiKey('/dead-letters') });
};

export const startReplay = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: ReplayManyBody) => http.post('/replays', body, deadLetters.view('ReplayManyView')),
    onSettled: refresh(client),
  });
export const cancelReplay = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.post(`/replays/${segment(id)}/cancel`, {}, deadLetters.view('ReplayManyView')),
    onSettled: refresh(client),
  });

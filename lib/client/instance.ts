import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { http } from './http.ts';
import { apiKey, apiQuery } from './query.ts';
import { viewsOf } from './views.ts';

const instance = viewsOf(() => import('#lib/contracts/instance.ts'));

export const instanceQuery = () => apiQuery('/instance', instance.view('InstanceView'));

/** Wraps some data keys anew; `left` says how many wait for another call. */
export const rotateKeys = (client: QueryClient) =>
  mutationOptions({
    mutationFn: () => http.post('/instance/rotate-keys', {}, instance.view('RotationView')),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/instance') }),
  });

import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { InstanceView, RotationView } from '#lib/contracts/instance.ts';
import { http } from './http.ts';
import { apiKey, apiQuery } from './query.ts';

export const instanceQuery = () => apiQuery('/instance', InstanceView);

/** Wraps some data keys anew; `left` says how many wait for another call. */
export const rotateKeys = (client: QueryClient) =>
  mutationOptions({
    mutationFn: () => http.post('/instance/rotate-keys', {}, RotationView),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/instance') }),
  });

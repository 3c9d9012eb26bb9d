import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AcceptInviteBody, ApiKeyBody, PasswordBody, ProfilePatch, SetupBody, SignInBody } from '#lib/contracts/session.ts';
import { http } from './http.ts';
import { apiKey, apiList, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const session = viewsOf(() => import('#lib/contracts/session.ts'));

export const sessionQueries = {
  me: () => apiQuery('/me', session.view('MeView')),
  setup: () => apiQuery('/setup', session.view('SetupView')),
  invite: (token: string) => apiQuery(`/invites/${segment(token)}`, session.view('InviteOffer')),
  reset: (token: string) => apiQuery(`/resets/${segment(token)}`, session.view('ResetOffer')),
  /** Mine; with a team: those of its service accounts, for its admins. */
  apiKeys: (team?: string) => apiList('/api-keys', session.page('ApiKeyView'), { team }),
};

export const signIn = () => mutationOptions({ mutationFn: (body: z.input<typeof SignInBody>) => http.post('/session', body, null) });
export const signOut = () => mutationOptions({ mutationFn: () => http.delete('/session') });
export const setUp = () => mutationOptions({ mutationFn: (body: SetupBody) => http.post('/setup', body, session.view('SetupDone')) });
export const acceptInvite = (token: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof AcceptInviteBody>) => http.post(`/invites/${segment(token)}`, body, session.view('InviteAccepted')),
  });
export const resetPassword = (token: string) =>
  mutationOptions({ mutationFn: (password: string) => http.post(`/resets/${segment(token)}`, { password }, null) });

export const changePassword = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof PasswordBody>) => http.put('/me/password', body, null) });
export const updateProfile = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ProfilePatch>) => http.patch('/me', body, session.view('MeView')),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/me') }),
  });
export const dismissNotice = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.delete(`/me/notices/${segment(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/me') }),
  });

export const createApiKey = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ApiKeyBody>) => http.post('/api-keys', body, session.view('NewApiKeyView')),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/api-keys') }),
  });
export const deleteApiKey = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.delete(`/api-keys/${segment(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/api-keys') }),
  });

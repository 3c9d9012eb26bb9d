import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type AcceptInviteBody,
  type ApiKeyBody,
  ApiKeyView,
  InviteAccepted,
  InviteOffer,
  MeView,
  NewApiKeyView,
  type PasswordBody,
  type ProfilePatch,
  ResetOffer,
  type SetupBody,
  SetupDone,
  SetupView,
  type SignInBody,
} from '#lib/contracts/session.ts';
import { pageOf } from '#lib/contracts/view.ts';
import { http } from './http.ts';
import { apiKey, apiQuery, segment } from './query.ts';

export const sessionQueries = {
  me: () => apiQuery('/me', MeView),
  setup: () => apiQuery('/setup', SetupView),
  invite: (token: string) => apiQuery(`/invites/${segment(token)}`, InviteOffer),
  reset: (token: string) => apiQuery(`/resets/${segment(token)}`, ResetOffer),
  /** Mine; with a team: those of its service accounts, for its admins. */
  apiKeys: (team?: string) => apiQuery('/api-keys', pageOf(ApiKeyView), { team, limit: 200 }),
};

export const signIn = () => mutationOptions({ mutationFn: (body: z.input<typeof SignInBody>) => http.post('/session', body, null) });
export const signOut = () => mutationOptions({ mutationFn: () => http.delete('/session') });
export const setUp = () => mutationOptions({ mutationFn: (body: SetupBody) => http.post('/setup', body, SetupDone) });
export const acceptInvite = (token: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof AcceptInviteBody>) => http.post(`/invites/${segment(token)}`, body, InviteAccepted),
  });
export const resetPassword = (token: string) =>
  mutationOptions({ mutationFn: (password: string) => http.post(`/resets/${segment(token)}`, { password }, null) });

export const changePassword = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof PasswordBody>) => http.put('/me/password', body, null) });
export const updateProfile = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ProfilePatch>) => http.patch('/me', body, MeView),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/me') }),
  });
export const dismissNotice = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.delete(`/me/notices/${segment(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/me') }),
  });

export const createApiKey = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ApiKeyBody>) => http.post('/api-keys', body, NewApiKeyView),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/api-keys') }),
  });
export const deleteApiKey = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => http.delete(`/api-keys/${segment(id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: apiKey('/api-keys') }),
  });

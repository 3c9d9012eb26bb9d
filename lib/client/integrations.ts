import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  SecretBody,
  SlackChannelBody,
  SlackChannelPatch,
  WebhookBody,
  WebhookDraftTestBody,
  WebhookPatch,
  WebhookTestBody,
} from '#lib/contracts/integrations.ts';
import { http } from './http.ts';
import { apiKey, apiList, apiQuery, segment } from './query.ts';
import { viewsOf } from './views.ts';

const integrations = viewsOf(() => import('#lib/contracts/integrations.ts'));

const teamPath = (team: string) => `/teams/${segment(team)}`;

export const integrationQueries = {
  secrets: (team: string) => apiList(`${teamPath(team)}/secrets`, integrations.page('SecretView')),
  webhooks: (team: string) => apiList(`${teamPath(team)}/webhooks`, integrations.page('WebhookView')),
  webhook: (team: string, id: string) => apiQuery(`${teamPath(team)}/webhooks/${segment(id)}`, integrations.view('WebhookView')),
  slackChannel: (team: string, id: string) =>
    apiQuery(`${teamPath(team)}/slack-channels/${segment(id)}`, integrations.view('SlackChannelView')),
  slackChannels: (team: string) => apiList(`${teamPath(team)}/slack-channels`, integrations.page('SlackChannelView')),
};

const refresh = (client: QueryClient, team: string) => () => client.invalidateQueries({ queryKey: apiKey(teamPath(team)) });

export const createSecret = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof SecretBody>) => http.post(`${teamPath(team)}/secrets`, body, integrations.view('SecretView')),
    onSettled: refresh(client, team),
  });
export const replaceSecret = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ name, ...body }: { name: string; value: string; overlapSeconds?: number }) =>
      http.put(`${teamPath(team)}/secrets/${segment(name)}`, body, integrations.view('SecretView')),
    onSettled: refresh(client, team),
  });
/** Ends an overlap at once: the new value alone is live. */
export const switchSecret = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: (name: string) => http.post(`${teamPath(team)}/secrets/${segment(name)}/switch`, {}, integrations.view('SecretView')),
    onSettled: refresh(client, team),
  });
export const deleteSecret = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ name, force = false }: { name: string; force?: boolean }) =>
      http.delete(`${teamPath(team)}/secrets/${segment(name)}`, { search: { force } }),
    onSettled: refresh(client, team),
  });

export const createWebhook = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof WebhookBody>) => http.post(`${teamPath(team)}/webhooks`, body, integrations.view('WebhookView')),
    onSettled: refresh(client, team),
  });
export const updateWebhook = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ id, ...patch }: { id: string } & z.input<typeof WebhookPatch>) =>
      http.patch(`${teamPath(team)}/webhooks/${segment(id)}`, patch, integrations.view('WebhookView')),
    onSettled: refresh(client, team),
  });
/** The key before signs too until the overlap ends. */
export const replaceKey = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ id, overlapSeconds }: { id: string; overlapSeconds: number }) =>
      http.post(`${teamPath(team)}/webhooks/${segment(id)}/replace-key`, { overlapSeconds }, integrations.view('WebhookView')),
    onSettled: refresh(client, team),
  });
/** Ends an overlap of keys at once. */
export const switchKey = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: (id: string) => http.post(`${teamPath(team)}/webhooks/${segment(id)}/switch-key`, {}, integrations.view('WebhookView')),
    onSettled: refresh(client, team),
  });
export const deleteWebhook = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ id, force = false }: { id: string; force?: boolean }) =>
      http.delete(`${teamPath(team)}/webhooks/${segment(id)}`, { search: { force } }),
    onSettled: refresh(client, team),
  });
export const testWebhook = (team: string, id: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof WebhookTestBody>) =>
      http.post(`${teamPath(team)}/webhooks/${segment(id)}/test`, body, integrations.view('TestResult')),
  });
export const testWebhookDraft = (team: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof WebhookDraftTestBody>) =>
      http.post(`${teamPath(team)}/webhooks/test`, body, integrations.view('TestResult')),
  });

export const createSlackChannel = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof SlackChannelBody>) =>
      http.post(`${teamPath(team)}/slack-channels`, body, integrations.view('SlackChannelView')),
    onSettled: refresh(client, team),
  });
export const updateSlackChannel = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ id, ...patch }: { id: string } & z.input<typeof SlackChannelPatch>) =>
      http.patch(`${teamPath(team)}/slack-channels/${segment(id)}`, patch, integrations.view('SlackChannelView')),
    onSettled: refresh(client, team),
  });
export const deleteSlackChannel = (client: QueryClient, team: string) =>
  mutationOptions({
    mutationFn: ({ id, force = false }: { id: string; force?: boolean }) =>
      http.delete(`${teamPath(team)}/slack-channels/${segment(id)}`, { search: { force } }),
    onSettled: refresh(client, team),
  });
export const testSlackChannel = (team: string, id: string) =>
  mutationOptions({
    mutationFn: () => http.post(`${teamPath(team)}/slack-channels/${segment(id)}/test`, {}, integrations.view('TestResult')),
  });

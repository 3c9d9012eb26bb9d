import { z } from 'zod';
import {
  ReplaceKeyBody,
  TestResult,
  WebhookBody,
  WebhookDraftTestBody,
  WebhookPatch,
  WebhookTestBody,
  WebhookView,
} from '#lib/contracts/integrations.ts';
import { HealthQuery, TargetHealthView } from '#lib/contracts/target-health.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { deleteWebhook } from '#lib/services/targets/delete-target.ts';
import { replaceKey, switchKey } from '#lib/services/targets/key-pairs.ts';
import { getWebhookHealth } from '#lib/services/targets/target-health.ts';
import { testWebhook, testWebhookDraft } from '#lib/services/targets/test-target.ts';
import { createWebhook, getWebhook, listWebhooks, updateWebhook } from '#lib/services/targets/webhooks.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute } from '../route.ts';

const Team = z.object({ team: z.string() });
const One = Team.extend({ id: z.string() });

export const webhookRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/webhooks',
    summary: 'A team’s webhooks with their health; URLs in full for its admins.',
    params: Team,
    query: PageQuery,
    response: pageOf(WebhookView),
    handle: async ({ ctx, params, query }) => pageOfAll(await listWebhooks(ctx, params), query, ({ id }) => id),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks',
    summary: 'Make a webhook.',
    params: Team,
    body: WebhookBody,
    response: WebhookView,
    status: 201,
    handle: ({ ctx, params, body }) => createWebhook(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks/test',
    summary: 'Send a test through unsaved fields.',
    params: Team,
    body: WebhookDraftTestBody,
    response: TestResult,
    status: 200,
    handle: ({ ctx, params, body }) => testWebhookDraft(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'One webhook.',
    params: One,
    response: WebhookView,
    handle: ({ ctx, params }) => getWebhook(ctx, params),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/webhooks/{id}/health',
    summary: 'How a webhook’s deliveries went: success rate, latency, failures by cause over time, and its circuit breaker.',
    params: One,
    query: HealthQuery,
    response: TargetHealthView,
    handle: ({ ctx, params, query }) => getWebhookHealth(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'Change a webhook; fields that are absent stay.',
    params: One,
    body: WebhookPatch,
    response: WebhookView,
    handle: ({ ctx, params, body }) => updateWebhook(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'Delete a webhook; refused while automations use it, unless forced.',
    params: One,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteWebhook(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks/{id}/replace-key',
    summary: 'Make a new Ed25519 key for v1a signatures; the one before signs too until the overlap ends.',
    params: One,
    body: ReplaceKeyBody,
    response: WebhookView,
    handle: ({ ctx, params, body }) => replaceKey(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks/{id}/switch-key',
    summary: 'End the overlap of two Ed25519 keys now: only the new one signs.',
    params: One,
    response: WebhookView,
    handle: ({ ctx, params }) => switchKey(ctx, params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks/{id}/test',
    summary: 'Send a test through a saved webhook; it stays out of the history.',
    params: One,
    body: WebhookTestBody,
    response: TestResult,
    status: 200,
    handle: ({ ctx, params, body }) => testWebhook(ctx, { ...params, ...body }),
  }),
];

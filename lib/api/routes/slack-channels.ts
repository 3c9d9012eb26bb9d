import { z } from 'zod';
import { SlackChannelBody, SlackChannelPatch, SlackChannelView, TestResult } from '#lib/contracts/integrations.ts';
import { HealthQuery, TargetHealthView } from '#lib/contracts/target-health.ts';
import { ForceQuery, PageQuery, pageOf } from '#lib/contracts/view.ts';
import { deleteSlackChannel } from '#lib/services/targets/delete-target.ts';
import { createSlackChannel, getSlackChannel, listSlackChannels, updateSlackChannel } from '#lib/services/targets/slack-channels.ts';
import { getSlackChannelHealth } from '#lib/services/targets/target-health.ts';
import { testSlackChannel } from '#lib/services/targets/test-target.ts';
import { pageOfAll } from '../page-of-all.ts';
import { defineRoute } from '../route.ts';

const Team = z.object({ team: z.string() });
const One = Team.extend({ id: z.string() });

export const slackChannelRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/slack-channels',
    summary: 'A team’s Slack channels with their health.',
    params: Team,
    query: PageQuery,
    response: pageOf(SlackChannelView),
    handle: async ({ ctx, params, query }) => pageOfAll(await listSlackChannels(ctx, params), query, ({ id }) => id),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/slack-channels',
    summary: 'Add a Slack channel, by an incoming webhook’s URL or a bot’s token. The URL is never shown again.',
    params: Team,
    body: SlackChannelBody,
    response: SlackChannelView,
    status: 201,
    handle: ({ ctx, params, body }) => createSlackChannel(ctx, { ...params, channel: body }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/slack-channels/{id}',
    summary: 'One Slack channel.',
    params: One,
    response: SlackChannelView,
    handle: ({ ctx, params }) => getSlackChannel(ctx, params),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/teams/{team}/slack-channels/{id}/health',
    summary: 'How a channel’s messages went: success rate, latency, failures by cause over time, and its circuit breaker.',
    params: One,
    query: HealthQuery,
    response: TargetHealthView,
    handle: ({ ctx, params, query }) => getSlackChannelHealth(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/teams/{team}/slack-channels/{id}',
    summary: 'Change a Slack channel; fields that are absent stay.',
    params: One,
    body: SlackChannelPatch,
    response: SlackChannelView,
    handle: ({ ctx, params, body }) => updateSlackChannel(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/teams/{team}/slack-channels/{id}',
    summary: 'Delete a Slack channel; refused while automations use it, unless forced.',
    params: One,
    query: ForceQuery,
    status: 204,
    handle: ({ ctx, params, query }) => deleteSlackChannel(ctx, { ...params, ...query }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/teams/{team}/slack-channels/{id}/test',
    summary: 'Send a test message.',
    params: One,
    body: z.strictObject({}),
    response: TestResult,
    status: 200,
    handle: ({ ctx, params }) => testSlackChannel(ctx, params),
  }),
];

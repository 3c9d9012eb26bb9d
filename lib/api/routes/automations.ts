import { z } from 'zod';
import {
  AUTOMATION_SERVER_KEYS,
  AutomationPage,
  AutomationPatch,
  AutomationQuery,
  AutomationView,
  BulkBody,
  BulkResult,
  NearMissesView,
  PreviewBody,
  PreviewView,
  RecentMatches,
  RecentMatchesBody,
  RunNowBody,
  RunNowView,
  TestSendBody,
} from '#lib/contracts/automations.ts';
import { TestResult } from '#lib/contracts/integrations.ts';
import { OrganizationQuery } from '#lib/contracts/tracking.ts';
import { AutomationDocument } from '#lib/domain/automation.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { bulkAutomations } from '#lib/services/automations/bulk-automations.ts';
import { createAutomation } from '#lib/services/automations/create-automation.ts';
import { deleteAutomation } from '#lib/services/automations/delete-automation.ts';
import { getAutomation } from '#lib/services/automations/get-automation.ts';
import { listAutomations, listAutomationsOfPlace } from '#lib/services/automations/list-automations.ts';
import { listNearMisses } from '#lib/services/automations/list-near-misses.ts';
import { previewAutomation } from '#lib/services/automations/preview-automation.ts';
import { runAutomation } from '#lib/services/automations/run-automation.ts';
import { testAutomation } from '#lib/services/automations/test-automation.ts';
import { updateAutomation } from '#lib/services/automations/update-automation.ts';
import { BacktestBody, backtestAutomation } from '#lib/services/backtest/backtest-automation.ts';
import { listRecentMatches } from '#lib/services/backtest/recent-matches.ts';
import { defineRoute, type Route } from '../route.ts';

/** What an automation's answer holds beyond its document may be sent back and is ignored. */
const serverKeys = Object.fromEntries(AUTOMATION_SERVER_KEYS.map((key) => [key, z.unknown().optional()]));
const AutomationBody = AutomationDocument.extend(serverKeys);
const AutomationPatchBody = AutomationPatch.extend(serverKeys);

const withoutServerKeys = (body: object) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !(key in serverKeys))) as AutomationDocument;

const ById = z.object({ id: z.string() });

export const automationRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/automations',
    summary: 'Lists every automation that you can see, newest first.',
    query: AutomationQuery,
    response: AutomationPage,
    handle: ({ ctx, query }) => listAutomations(ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/projects/{entity}/{project}/automations',
    summary: 'Lists the automations that watch a project: its own, and those of its team and organization.',
    params: z.object({ entity: z.string(), project: z.string() }),
    query: AutomationQuery,
    response: AutomationPage,
    handle: ({ ctx, params, query }) => listAutomationsOfPlace(ctx, { ...query, place: params }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/registries/{name}/automations',
    summary: 'Lists the automations that watch a registry: its own, and those of its organization.',
    params: z.object({ name: z.string() }),
    query: AutomationQuery.extend(OrganizationQuery.shape),
    response: AutomationPage,
    handle: ({ ctx, params, query: { organization, ...query } }) =>
      listAutomationsOfPlace(ctx, { ...query, place: { registry: params.name, organization } }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations',
    summary: 'Creates an automation from its document.',
    body: AutomationBody,
    status: 201,
    response: AutomationView,
    async handle({ ctx, body }) {
      const { id } = await createAutomation(ctx, withoutServerKeys(body));
      return getAutomation(ctx, { id: automationIdText(id) });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/bulk',
    summary: 'Enables, disables or deletes several automations, each on its own.',
    body: BulkBody,
    response: BulkResult,
    handle: ({ ctx, body }) => bulkAutomations(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/preview',
    summary: 'Answers the request that a draft would send for an event, the decision clause by clause, and what is wrong with the draft.',
    body: PreviewBody,
    response: PreviewView,
    handle: ({ ctx, body }) => previewAutomation(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/matches',
    summary: 'Answers what recent events would have done with a draft, and why.',
    body: RecentMatchesBody,
    response: RecentMatches,
    handle: ({ ctx, body }) => listRecentMatches(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/test',
    summary: 'Sends a draft’s request for real and answers the exchange; at most 60 a minute, kept out of the history.',
    body: TestSendBody,
    response: TestResult,
    handle: ({ ctx, body }) => testAutomation(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/backtest',
    summary: 'Replays stored events and values in order of arrival, as JSON lines: progress, firing, done.',
    body: BacktestBody,
    stream: 'application/x-ndjson',
    handle: ({ ctx, body }) => backtestAutomation(ctx, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/automations/{id}/run',
    summary: 'Runs an automation now, on a stored, a sample or an edited event: a real execution, marked manual.',
    params: ById,
    body: RunNowBody,
    status: 202,
    response: RunNowView,
    handle: ({ ctx, params, body }) => runAutomation(ctx, { ...params, ...body }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/automations/{id}',
    summary: 'Answers one automation.',
    params: ById,
    response: AutomationView,
    handle: ({ ctx, params }) => getAutomation(ctx, params),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/automations/{id}/near-misses',
    summary: 'Answers why an automation has not fired, and what it judged lately without firing, clause by clause.',
    params: ById,
    response: NearMissesView,
    handle: ({ ctx, params }) => listNearMisses(ctx, params),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/automations/{id}',
    summary: 'Replaces the fields that the body names.',
    params: ById,
    body: AutomationPatchBody,
    response: AutomationView,
    async handle({ ctx, params, body }) {
      await updateAutomation(ctx, { id: params.id, patch: body });
      return getAutomation(ctx, params);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/automations/{id}',
    summary: 'Deletes an automation. What is queued goes out all the same; its history stays.',
    params: ById,
    status: 204,
    handle: ({ ctx, params }) => deleteAutomation(ctx, params),
  }),
];

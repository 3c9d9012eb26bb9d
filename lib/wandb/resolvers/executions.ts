import { eventTypeOf } from '#lib/domain/event-types.ts';
import type { Attempt, Execution } from '#lib/domain/execution.ts';
import { pagePaths } from '#lib/domain/page-paths.ts';
import type { ArtifactFacts, TrackedEvent } from '#lib/domain/tracked-event.ts';
import { invalid } from '#lib/errors.ts';
import type { PlacedAutomation } from '#lib/services/automations/placed-automations.ts';
import { findLastAttempt, listExecutionsOfAutomation } from '#lib/services/executions/list-of-automation.ts';
import { cursorText, isoTime, type PageArguments, pageSize, toConnection } from '../connection.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';
import { scopeNode, toIntegration } from './automations.ts';

type Parent = { execution: Execution; placed: PlacedAutomation; attempt: () => Promise<Attempt | null> };

/** Looked up when something of it is asked for, and only then. */
function once<Value>(find: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

const STATES = { pending: 'PENDING', running: 'PENDING', finished: 'FINISHED', failed: 'FAILED', skipped: 'FAILED' } as const;

function positionIn(page: PageArguments) {
  const text = cursorText(page);
  if (text === undefined) return undefined;
  const match = /^(\d{1,15}):(exe_\w+)$/.exec(text);
  if (!match) throw invalid('"after" is no cursor of this list.');
  return { createdAt: Number(match[1]), id: match[2]! };
}

async function list(ctx: WandbContext, { triggerID, ...page }: PageArguments & { triggerID: string }) {
  const limit = pageSize(page);
  const number = requireNodeId('Trigger', triggerID);
  const { placed, items, total } = await listExecutionsOfAutomation(ctx, number, { limit: limit + 1, before: positionIn(page) });
  const nodes = items.map((item): Parent => ({ execution: item.execution, placed, attempt: once(() => findLastAttempt(ctx, item)) }));
  return { totalCount: total, ...toConnection(nodes, limit, ({ execution: { createdAt, id } }) => `${createdAt}:${id}`) };
}

function eventData({ event, decision: { evidence } }: Execution) {
  const where = { projectName: event.place.project, entityName: event.place.entity };
  if ('artifact' in event) return { ...where, ...artifactData(event.artifact), ...changeIn(event) };
  if (event.type === 'run.metrics') {
    const windows = evidence?.windows;
    const metricValues = [...(windows?.prior ?? []), ...(windows?.current ?? [])];
    return { __typename: 'RunMetricEventDetails', ...where, runName: event.run.name, metricName: evidence?.metric ?? '', metricValues };
  }
  if (event.type === 'run.state') {
    return { __typename: 'RunStateEventDetails', ...where, runName: event.run.name, newRunState: event.run.state.toUpperCase() };
  }
  return null;
}

const artifactData = ({ metadata, versionIndex, collection }: ArtifactFacts) => ({
  artifactMetadata: JSON.stringify(metadata),
  artifactVersionIndex: versionIndex,
  artifactCollectionName: collection,
});

function changeIn(event: TrackedEvent) {
  if ('alias' in event) return { __typename: 'ArtifactAliasEventDetails', alias: event.alias };
  if ('tag' in event) return { __typename: 'ArtifactTagEventDetails', tag: event.tag };
  return { __typename: 'ArtifactEventDetails' };
}

async function actionOf({ execution: { action, automationName, id }, placed, attempt }: Parent, ctx: WandbContext) {
  if (action.kind === 'nothing') return { actionType: 'NO_OP', data: { __typename: 'NoOpActionArgs', noOp: true } };
  const integration = placed.target ? toIntegration(placed.target, placed.entity.name) : null;
  if (action.kind === 'webhook') {
    const requestPayload = (await attempt())?.request?.body ?? null;
    return { actionType: 'GENERIC_WEBHOOK', data: { __typename: 'GenericWebhookActionArgs', integration, requestPayload } };
  }
  const told = {
    title: action.title || automationName,
    titleURL: `${ctx.publicUrl}${pagePaths.execution(id)}`,
    text: action.text,
    severity: action.severity.toUpperCase(),
  };
  return { actionType: 'NOTIFICATION', data: { __typename: 'SlackNotificationActionArgs', integration, ...told } };
}

async function resultOf({ execution: { action, status, reason }, attempt }: Parent) {
  if (STATES[status] === 'PENDING') return null;
  const last = await attempt();
  const message = reason ?? (status === 'failed' ? last?.error?.message : undefined);
  const error = message === undefined ? null : { message };
  if (action.kind !== 'webhook' || !last?.response)
    return { resultType: 'DEFAULT', data: { __typename: 'DefaultTriggerResultDetails', error } };
  const { status: statusCode, body } = last.response;
  const told = { error, statusCode, status: String(statusCode), body };
  return { resultType: 'HTTP_RESPONSE', data: { __typename: 'HttpTriggerResultDetails', ...told } };
}

export const executionResolvers: Resolvers = {
  Query: { triggerExecutions: (_: unknown, args: PageArguments & { triggerID: string }, ctx) => list(ctx, args) },
  TriggerExecution: {
    id: ({ execution }: Parent) => nodeId('TriggerExecution', execution.id),
    triggerID: ({ execution }: Parent) => nodeId('Trigger', execution.automationId),
    triggerName: ({ execution }: Parent) => execution.automationName,
    createdAt: ({ execution }: Parent) => isoTime(execution.createdAt),
    state: ({ execution }: Parent) => STATES[execution.status],
    scope: ({ placed }: Parent) => scopeNode(placed),
    event: ({ execution, placed }: Parent) => ({
      eventType: eventTypeOf(execution.decision.rule?.on ?? placed.automation.on).wire,
      data: eventData(execution),
    }),
    action: (parent: Parent, _: unknown, ctx) => actionOf(parent, ctx),
    result: (parent: Parent) => resultOf(parent),
  },
};

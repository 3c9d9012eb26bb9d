import type { Automation } from '#lib/domain/automation.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import { automationIdText } from '#lib/domain/ids.ts';
import { invalid, isAppError } from '#lib/errors.ts';
import { createAutomation } from '#lib/services/automations/create-automation.ts';
import { deleteAutomation } from '#lib/services/automations/delete-automation.ts';
import { getPlacedAutomation, type PlacedAutomation } from '#lib/services/automations/placed-automations.ts';
import { updateAutomation } from '#lib/services/automations/update-automation.ts';
import { type NumberedScope, scopeByNumber } from '#lib/services/places/scope-by-number.ts';
import { getIntegration } from '#lib/services/targets/integrations-by-number.ts';
import {
  type ActionInput,
  type DecodedAction,
  decodeAction,
  encodePayload,
  isShownAction,
  toActionDocument,
} from '../automations/action-codec.ts';
import { decodeFilter, encodeSavedFilter, isWithoutRule, sameFilter } from '../automations/filter-codec.ts';
import { eventOfWire, wireOfEvent } from '../automations/wire-events.ts';
import { isoTime } from '../connection.ts';
import { nodeId, requireNodeId } from '../node-ids.ts';
import type { Resolvers, WandbContext } from '../resolver.ts';

type Input<Fields> = { input: Fields };

type CreateInput = {
  name: string;
  description?: string | null;
  enabled: boolean;
  scopeType: ScopeType;
  scopeID: string;
  triggeringEventType: string;
  eventFilter: string;
  triggeredActionType: string;
  triggeredActionConfig: ActionInput['config'];
};
type UpdateInput = { id: string } & { [Key in keyof CreateInput]?: CreateInput[Key] | null };

type ScopeType = 'PROJECT' | 'ARTIFACT_COLLECTION' | 'ENTITY';
const SCOPES = {
  PROJECT: { node: 'Project', kind: 'project' },
  ARTIFACT_COLLECTION: { node: 'ArtifactCollection', kind: 'collection' },
  ENTITY: { node: 'Entity', kind: 'entity' },
} as const satisfies Record<ScopeType, { node: string; kind: NumberedScope['kind'] }>;

const integrationId = (targetId: number) => nodeId('Integration', targetId);

async function scopeOf(ctx: WandbContext, type: ScopeType, id: string) {
  const { node, kind } = SCOPES[type];
  return scopeByNumber(ctx, { kind, id: requireNodeId(node, id) });
}

/** The action by names; the client's ids name an integration and not whose it is. */
async function actionOf(ctx: WandbContext, action: DecodedAction) {
  if (action.kind === 'nothing') return { action: toActionDocument(action, '') };
  const { team, target } = await getIntegration(ctx, requireNodeId('Integration', action.integrationId));
  if (target.kind !== action.kind) throw invalid(`integrationID: ${target.name} is not an integration for this type of action.`);
  return { action: toActionDocument(action, target.name), team };
}

async function create(ctx: WandbContext, input: CreateInput) {
  const on = eventOfWire(input.triggeringEventType);
  const automation = await createAutomation(ctx, {
    name: input.name,
    ...(input.description != null && { description: input.description }),
    enabled: input.enabled,
    on,
    filter: decodeFilter(on, input.eventFilter),
    scope: await scopeOf(ctx, input.scopeType, input.scopeID),
    ...(await actionOf(ctx, decodeAction({ type: input.triggeredActionType, config: input.triggeredActionConfig }))),
  });
  return { trigger: await getPlacedAutomation(ctx, automation.id) };
}

/** The client sends everything back that it was shown; only what differs from that is a change. */
async function update(ctx: WandbContext, input: UpdateInput) {
  const stored = await getPlacedAutomation(ctx, requireNodeId('Trigger', input.id));
  const { id } = stored.automation;
  try {
    await updateAutomation(ctx, { id: automationIdText(id), patch: await patchOf(ctx, stored, input) });
  } catch (error) {
    // The client takes 404 for an automation that is gone, and with create_missing makes another.
    if (isAppError(error) && error.code === 'not_found') throw invalid(error.message, error.issues);
    throw error;
  }
  return { trigger: await getPlacedAutomation(ctx, id) };
}

async function patchOf(ctx: WandbContext, stored: PlacedAutomation, input: UpdateInput): Promise<Record<string, unknown>> {
  const { name, description, enabled, scopeType, scopeID, triggeredActionType: type, triggeredActionConfig: config } = input;
  const patch: Record<string, unknown> = {
    ...(name != null && { name }),
    ...(description != null && { description }),
    ...(enabled != null && { enabled }),
    ...eventPatch(stored, input),
  };
  if (scopeType && scopeID && scopeID !== scopeIdOf(stored.automation)) patch.scope = await scopeOf(ctx, scopeType, scopeID);
  if (type && config) {
    const action = decodeAction({ type, config });
    if (!isShownAction(action, stored.automation.action, integrationId)) Object.assign(patch, await actionOf(ctx, action));
  }
  return patch;
}

/**
 * A client that could not read a run event's filter sends an empty one with the next change of anything: the stored one
 * stays then. With another event it would be no filter at all, and is refused.
 */
function eventPatch({ automation }: PlacedAutomation, { triggeringEventType, eventFilter }: UpdateInput) {
  const on: AutomationEvent = triggeringEventType ? eventOfWire(triggeringEventType) : automation.on;
  const event = on === automation.on ? {} : { on };
  if (eventFilter == null) return event;
  if (on === automation.on && isWithoutRule(on, eventFilter)) return event;
  const filter = decodeFilter(on, eventFilter);
  return on === automation.on && sameFilter(filter, automation.filter) ? event : { ...event, filter };
}

/** The id under which the client was shown the scope. */
const scopeIdOf = ({ scope }: Automation) =>
  'collectionId' in scope
    ? nodeId('ArtifactCollection', scope.collectionId)
    : 'projectId' in scope
      ? nodeId('Project', scope.projectId)
      : nodeId('Entity', scope.entityId);

export function scopeNode({ automation: { scope }, entity, place, collection }: PlacedAutomation) {
  if ('collectionId' in scope) {
    const kind = scope.kind === 'registryCollection' ? 'portfolio' : 'sequence';
    const shown = collection ?? { id: scope.collectionId, kind, name: '(deleted)' };
    return { __typename: shown.kind === 'portfolio' ? 'ArtifactPortfolio' : 'ArtifactSequence', at: place, collection: shown };
  }
  return 'projectId' in scope ? { __typename: 'Project', ...place } : { __typename: 'Entity', ...entity };
}

function actionNode({ automation: { action }, target, entity }: PlacedAutomation) {
  if (action.kind === 'nothing') return { __typename: 'NoOpTriggeredAction', noOp: true };
  const { entityId, targetId } = action.target;
  const shown = target ?? { entityId, id: targetId, kind: action.kind, name: '(deleted)', channel: null };
  const integration = toIntegration(shown, entity.name);
  if (action.kind === 'webhook') {
    return { __typename: 'GenericWebhookTriggeredAction', integration, requestPayload: encodePayload(action.template) };
  }
  const { title, text: message, severity } = action;
  return { __typename: 'NotificationTriggeredAction', integration, title, message, severity: severity.toUpperCase() };
}

type Shown = { entityId: number; id: number; kind: 'webhook' | 'slack'; name: string; channel: string | null };

/** A webhook's address is looked up when it is asked for. */
export function toIntegration({ entityId, id, kind, name, channel }: Shown, teamName: string) {
  const shown = { id: integrationId(id), name, ref: { entityId, targetId: id } };
  if (kind === 'webhook') return { __typename: 'GenericWebhookIntegration', ...shown };
  return { __typename: 'SlackIntegration', ...shown, teamName, channelName: channel ?? name };
}

export const automationResolvers: Resolvers = {
  Mutation: {
    createFilterTrigger: (_: unknown, { input }: Input<CreateInput>, ctx) => create(ctx, input),
    updateFilterTrigger: (_: unknown, { input }: Input<UpdateInput>, ctx) => update(ctx, input),
    deleteTrigger: async (_: unknown, { input }: Input<{ triggerID: string }>, ctx) => {
      await deleteAutomation(ctx, { id: automationIdText(requireNodeId('Trigger', input.triggerID)) });
      return { success: true };
    },
  },
  Trigger: {
    id: ({ automation }: PlacedAutomation) => nodeId('Trigger', automation.id),
    createdAt: ({ automation }: PlacedAutomation) => isoTime(automation.createdAt),
    updatedAt: ({ automation }: PlacedAutomation) => isoTime(automation.updatedAt),
    name: ({ automation }: PlacedAutomation) => automation.name,
    description: ({ automation }: PlacedAutomation) => automation.description || null,
    enabled: ({ automation }: PlacedAutomation) => automation.enabled,
    scope: scopeNode,
    triggeringCondition: ({ automation: { on, filter } }: PlacedAutomation) => ({
      __typename: 'FilterEventTriggeringCondition',
      eventType: wireOfEvent(on),
      filter: encodeSavedFilter(on, filter),
    }),
    triggeredAction: actionNode,
  },
};

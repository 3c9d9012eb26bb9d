import type { TargetRef } from '#lib/domain/automation.ts';
import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { Rendering } from '#lib/domain/event-message.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Execution } from '#lib/domain/execution.ts';
import type { Platform } from '../context.ts';
import { type OpenedTarget, openTarget } from './open-target.ts';
import { type SendParts, sendAction } from './send-action.ts';

/** What an execution froze, as payloads are rendered from it. */
export function toRendering(execution: Execution, publicUrl: string): Rendering {
  const { decision, event } = execution;
  return {
    automation: { id: execution.automationId, name: execution.automationName },
    rule: decision.rule ?? { on: event.type as AutomationEvent, filter: {} },
    executionId: execution.id,
    event,
    evidence: decision.evidence,
    publicUrl,
  };
}

/** The worker's way to send one attempt: the body from frozen facts; address, token and secrets as they are now. */
export function createDeliver(parts: SendParts & Pick<Platform, 'publicUrl'>): (execution: Execution) => Promise<DeliveryOutcome> {
  const openTogether = sharedInTurn((ref: TargetRef) => openTarget({ ...parts, db: parts.reader }, ref));
  return async (execution) => {
    const { action } = execution;
    if (action.kind === 'nothing') throw new Error(`The execution ${execution.id} has nothing to send`);
    return sendAction(parts, action, toRendering(execution, parts.publicUrl), openTogether);
  };
}

/** Attempts that begin in the same turn of the event loop read their target once, all of them then. */
function sharedInTurn(open: (ref: TargetRef) => Promise<OpenedTarget>): (ref: TargetRef) => Promise<OpenedTarget> {
  const opening = new Map<string, Promise<OpenedTarget>>();
  return (ref) => {
    const key = `${ref.entityId}/${ref.targetId}`;
    let opened = opening.get(key);
    if (!opened) {
      if (opening.size === 0) setImmediate(() => opening.clear());
      opened = open(ref);
      opening.set(key, opened);
    }
    return opened;
  };
}

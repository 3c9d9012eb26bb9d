import type { DeliveryOutcome } from '#lib/domain/delivery-outcome.ts';
import type { AutomationEvent } from '#lib/domain/event-types.ts';
import type { Execution } from '#lib/domain/execution.ts';
import type { Platform } from '../context.ts';
import type { Rendering } from './render-action.ts';
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
  return async (execution) => {
    const { action } = execution;
    if (action.kind === 'nothing') throw new Error(`The execution ${execution.id} has nothing to send`);
    return sendAction(parts, action, toRendering(execution, parts.publicUrl));
  };
}

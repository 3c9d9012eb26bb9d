import { AUTOMATION_EVENTS, type AutomationEvent, eventTypeOf } from '#lib/domain/event-types.ts';
import { invalid } from '#lib/errors.ts';

const BY_WIRE = new Map(AUTOMATION_EVENTS.flatMap((on) => (eventTypeOf(on).wire === null ? [] : [[eventTypeOf(on).wire!, on] as const])));

/** Events that the client has no name for: an automation on one would break its whole list. */
export const UNNAMED_EVENTS: readonly AutomationEvent[] = AUTOMATION_EVENTS.filter((on) => eventTypeOf(on).wire === null);

export function eventOfWire(wire: string): AutomationEvent {
  const on = BY_WIRE.get(wire);
  if (!on)
    throw invalid(
      `triggeringEventType ${wire} is none that an automation can wait for here. Use one of ${[...BY_WIRE.keys()].join(', ')}.`,
    );
  return on;
}

export const wireOfEvent = (on: AutomationEvent) => eventTypeOf(on).wire!;

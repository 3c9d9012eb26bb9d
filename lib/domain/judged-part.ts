import type { Decision } from './decision.ts';
import type { TrackedEvent } from './tracked-event.ts';

/** Of a batch of lines only the one that was judged: the rest is in the run's chunks. A line that the event lacks has the judged value alone. */
export function judgedPartOf(event: TrackedEvent, { evidence }: Decision): TrackedEvent {
  if (event.type !== 'run.metrics' || !evidence) return event;
  const { line, step, metric, value } = evidence;
  return { ...event, firstLine: line, lines: [event.lines[line - event.firstLine] ?? { step, values: { [metric]: value } }] };
}

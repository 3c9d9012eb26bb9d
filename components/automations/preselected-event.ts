import type { RecentMatches } from '#lib/contracts/automations.ts';

/** The built-in sample, where an event is chosen. */
export const SAMPLE = 'sample';

/**
 * What a manual run begins with: the newest event that meets the conditions, the sample where nothing has happened, else nothing:
 * an event that does not meet them is for somebody to choose.
 */
export function preselectedEvent(recent: RecentMatches['events'] | undefined): string | undefined {
  if (!recent) return undefined;
  if (recent.length === 0) return SAMPLE;
  return recent.find(({ decision }) => decision.kind === 'fire')?.event.id;
}

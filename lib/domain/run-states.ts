import type { RunState } from './tracked-event.ts';

export const RUN_STATES = [
  'pending',
  'running',
  'finished',
  'failed',
  'crashed',
  'killed',
  'preempting',
  'preempted',
] as const satisfies RunState[];

/** Those that an automation may wait for. */
export const RUN_STATE_CHOICES = ['running', 'finished', 'failed'] as const;

import type { JsonValue } from './json.ts';
import type { RunState } from './tracked-event.ts';

/** A run as stored. `id` is its number, `runId` what the client calls it. */
export type Run = {
  entityId: number;
  id: number;
  projectId: number;
  runId: string;
  name: string;
  /** Who feeds it: only runs of the file stream crash by falling silent. */
  source: 'events' | 'stream';
  state: RunState;
  userId: number | null;
  user: string | null;
  group: string | null;
  jobType: string | null;
  tags: string[];
  config: Record<string, JsonValue>;
  notes: string;
  /** What the client reports and no rule asks for: host, program, commit, sweep, its own config. */
  details: Record<string, JsonValue>;
  exitCode: number | null;
  stopRequested: boolean;
  createdAt: number;
  updatedAt: number;
  /** When it last became running. */
  startedAt: number;
  finishedAt: number | null;
};

/** What every batch of a run changes. */
export type RunProgress = {
  /** Goes up with every change of the stored metrics: a window kept in memory holds only for its version. */
  version: number;
  historyLines: number;
  systemLines: number;
  consoleLines: number;
  lastStep: number | null;
  lastValueAt: number | null;
  heartbeatAt: number;
  /** When the scheduler looks at the run next; null: not at all. */
  checkAt: number | null;
  summary: Record<string, JsonValue>;
  /** The last lines as the client sent them, for resuming. */
  historyTail: string | null;
  systemTail: string | null;
};

export const ENDED_STATES: readonly RunState[] = ['finished', 'failed', 'crashed', 'killed', 'preempted'];
/** What a run that ended by itself has become. */
export function stateAfterExit({ state, stopRequested }: Pick<Run, 'state' | 'stopRequested'>, exitCode: number): RunState {
  if (state === 'preempting') return 'preempted';
  if (stopRequested) return 'killed';
  return exitCode === 0 ? 'finished' : 'failed';
}

export const hasEnded = (state: RunState) => ENDED_STATES.includes(state);

import type { Automation } from '#lib/domain/automation.ts';
import type { Decision } from '#lib/domain/decision.ts';
import type { TrackedEvent } from '#lib/domain/tracked-event.ts';
import type { WatchedRange } from './watched-history.ts';

/** What is to be replayed: over which places, from when on, as seen when. */
export type Replay = { automation: Automation; ranges: readonly WatchedRange[]; since: number; now: number; publicUrl: string };

/** The steps between which the judged windows lay. */
export type Spans = { current: [number, number]; prior?: [number, number] };

/** A point reached: how much of the history lies behind, and what fired there. */
export type Replayed = { share: number; fired?: { event: TrackedEvent; decision: Decision; spans?: Spans } };

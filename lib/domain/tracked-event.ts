import type { JsonValue } from './json.ts';
import type { Place } from './scope.ts';

/** A logged number as stored: JSON has no NaN or infinities, so those are texts. */
export type MetricValue = number | 'NaN' | 'Infinity' | '-Infinity';
export type MetricLine = { step: number; values: Record<string, MetricValue> };

export type RunState = 'pending' | 'running' | 'finished' | 'failed' | 'crashed' | 'killed' | 'preempting' | 'preempted';

/** A run as an event saw it. */
export type RunFacts = {
  id: number;
  runId: string;
  name: string;
  user: string | null;
  state: RunState;
  tags: string[];
  group: string | null;
  jobType: string | null;
  config: Record<string, JsonValue>;
  summary: Record<string, JsonValue>;
  createdAt: number;
  /** Running time so far, or in all once it ended. */
  durationSeconds: number;
};

/** An artifact version as an event saw it. In a registry: the linked version, with where it comes from in `source`. */
export type ArtifactFacts = {
  /** The version's number; GraphQL's id is base64 of `Artifact:<id>`. */
  id: number;
  collection: string;
  type: string;
  /** Its index in the collection where the event happened. */
  versionIndex: number;
  aliases: string[];
  tags: string[];
  metadata: Record<string, JsonValue>;
  source?: { entity: string; project: string; collection: string; versionIndex: number };
};

export type CollectionFacts = { id: number; name: string; type: string; tags: string[] };

/** The period's runs, newest 100, as `${summary}` renders it. */
export type ScheduleSummary = {
  from: string;
  to: string;
  total: number;
  states: Record<string, number>;
  runs: {
    id: string;
    name: string;
    user: string | null;
    state: RunState;
    url: string;
    durationSeconds: number;
    summary: Record<string, JsonValue>;
  }[];
  truncated: boolean;
};

type EventBase = {
  /** `evt_…`, time-sortable. */
  id: string;
  /** When it happened, as its sender says; for display only. */
  at: number;
  /** When the server took it: limits, windows and backtests go by this. */
  receivedAt: number;
  /** Shown as "ana, reported by ci" where the two differ. */
  author: string | null;
  reportedBy: string | null;
  place: Place;
};

/** Something that happened, with everything a rule, a payload or a page may ask of it, frozen. */
export type TrackedEvent = EventBase &
  (
    | { type: 'artifact.created'; artifact: ArtifactFacts }
    | { type: 'artifact.linked' | 'artifact.unlinked'; artifact: ArtifactFacts }
    | { type: 'artifact.alias_added'; artifact: ArtifactFacts; alias: string }
    | { type: 'artifact.tag_added' | 'artifact.tag_removed'; artifact: ArtifactFacts; tag: string }
    | { type: 'collection.tag_added' | 'collection.tag_removed'; collection: CollectionFacts; tag: string }
    | { type: 'run.metrics'; run: RunFacts; firstLine: number; lines: MetricLine[] }
    | { type: 'run.state'; run: RunFacts; previousState: RunState | null }
    | { type: 'run.silent'; run: RunFacts; lastValueAt: number | null; silentMinutes: number }
    | { type: 'schedule'; automationId?: number; plannedAt: number; missed: number; summary: ScheduleSummary }
  );

export type TrackedEventType = TrackedEvent['type'];
export type EventOf<Type extends TrackedEventType> = Extract<TrackedEvent, { type: Type }>;

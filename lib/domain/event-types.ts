import type { ScopeKind } from './scope-name.ts';

export type EventFamily = 'artifact' | 'collection' | 'run' | 'schedule';

type EventType = {
  /** The client's name; `null` for events that only Hookline has. */
  wire: string | null;
  /** What `${event_type}` renders. */
  rendered: string;
  label: string;
  /** One sentence under the label; holds the vendor documentation's name where it differs, so that the picker finds it. */
  description: string;
  family: EventFamily;
  scopes: readonly ScopeKind[];
  filterKeys: readonly FilterKey[];
};

export type FilterKey =
  | 'alias'
  | 'tag'
  | 'collection'
  | 'query'
  | 'metric'
  | 'change'
  | 'zscore'
  | 'states'
  | 'silentMinutes'
  | 'schedule'
  | 'run';

const EVERYWHERE = ['project', 'collection', 'registry', 'registryCollection', 'team', 'organization'] as const;
const RUN_SCOPES = ['project', 'team', 'organization'] as const;
const ARTIFACT_KEYS = ['alias', 'tag', 'collection', 'query'] as const;

/** One row per event an automation can wait for. The wizard's menu, the validators, the client's translation and the matcher read this table. */
export const EVENT_TYPES = {
  'artifact.created': {
    wire: 'CREATE_ARTIFACT',
    rendered: 'CREATE_ARTIFACT',
    label: 'A new version of an artifact is created',
    description: 'Once for each version committed to a collection.',
    family: 'artifact',
    scopes: ['project', 'collection', 'team', 'organization'],
    filterKeys: ARTIFACT_KEYS,
  },
  'artifact.linked': {
    wire: 'LINK_MODEL',
    rendered: 'LINK_ARTIFACT',
    label: 'A version is linked to a collection',
    description: 'Also documented as "Linking a new artifact to a registered model" and "A new version is added to a registered model".',
    family: 'artifact',
    scopes: EVERYWHERE,
    filterKeys: ARTIFACT_KEYS,
  },
  'artifact.unlinked': {
    wire: 'UNLINK_ARTIFACT',
    rendered: 'UNLINK_ARTIFACT',
    label: 'A version is unlinked',
    description: 'A linked version is taken out of a collection.',
    family: 'artifact',
    scopes: EVERYWHERE,
    filterKeys: ARTIFACT_KEYS,
  },
  'artifact.alias_added': {
    wire: 'ADD_ARTIFACT_ALIAS',
    rendered: 'ADD_ARTIFACT_ALIAS',
    label: 'An artifact alias is added',
    description: 'Also documented as "Adding a new alias to a version of an artifact". Once per alias; "latest" moves with each version.',
    family: 'artifact',
    scopes: EVERYWHERE,
    filterKeys: ARTIFACT_KEYS,
  },
  'artifact.tag_added': {
    wire: 'ADD_ARTIFACT_TAG',
    rendered: 'ADD_ARTIFACT_TAG',
    label: 'An artifact tag is added',
    description: 'A tag is put on a version.',
    family: 'artifact',
    scopes: EVERYWHERE,
    filterKeys: ARTIFACT_KEYS,
  },
  'artifact.tag_removed': {
    wire: 'REMOVE_ARTIFACT_TAG',
    rendered: 'REMOVE_ARTIFACT_TAG',
    label: 'An artifact tag is removed',
    description: 'A tag is taken off a version.',
    family: 'artifact',
    scopes: EVERYWHERE,
    filterKeys: ARTIFACT_KEYS,
  },
  'collection.tag_added': {
    wire: 'ADD_COLLECTION_TAG',
    rendered: 'ADD_COLLECTION_TAG',
    label: 'A collection tag is added',
    description: 'A tag is put on a whole collection.',
    family: 'collection',
    scopes: EVERYWHERE,
    filterKeys: ['tag', 'collection', 'query'],
  },
  'collection.tag_removed': {
    wire: 'REMOVE_COLLECTION_TAG',
    rendered: 'REMOVE_COLLECTION_TAG',
    label: 'A collection tag is removed',
    description: 'A tag is taken off a whole collection.',
    family: 'collection',
    scopes: EVERYWHERE,
    filterKeys: ['tag', 'collection', 'query'],
  },
  'run.metric_threshold': {
    wire: 'RUN_METRIC',
    rendered: 'RUN_METRIC',
    label: 'Run metrics threshold met',
    description: 'A metric, or its average, lowest or highest over the last values, crosses a limit or becomes NaN.',
    family: 'run',
    scopes: RUN_SCOPES,
    filterKeys: ['metric', 'run', 'query'],
  },
  'run.metric_change': {
    wire: 'RUN_METRIC_CHANGE',
    rendered: 'RUN_METRIC_CHANGE',
    label: 'Run metrics change threshold met',
    description: 'A metric rises, falls, moves or stays flat against the values before.',
    family: 'run',
    scopes: RUN_SCOPES,
    filterKeys: ['change', 'run', 'query'],
  },
  'run.metric_zscore': {
    wire: 'RUN_METRIC_ZSCORE',
    rendered: 'RUN_METRIC_ZSCORE',
    label: 'Run metrics z-score threshold met',
    description: 'A value lies unusually far from the mean of the values before it.',
    family: 'run',
    scopes: RUN_SCOPES,
    filterKeys: ['zscore', 'run', 'query'],
  },
  'run.state': {
    wire: 'RUN_STATE',
    rendered: 'RUN_STATE',
    label: 'Run state changes',
    description: 'A run starts, finishes or fails. Crashed counts as failed; killed never fires.',
    family: 'run',
    scopes: RUN_SCOPES,
    filterKeys: ['states', 'run', 'query'],
  },
  'run.silent': {
    wire: null,
    rendered: 'RUN_SILENT',
    label: 'A run stops reporting',
    description: 'A running run has logged no metric for a number of minutes.',
    family: 'run',
    scopes: RUN_SCOPES,
    filterKeys: ['silentMinutes', 'run', 'query'],
  },
  schedule: {
    wire: null,
    rendered: 'SCHEDULE',
    label: 'On a schedule',
    description: 'At set times, with a summary of the runs of the period.',
    family: 'schedule',
    scopes: RUN_SCOPES,
    filterKeys: ['schedule', 'run', 'query'],
  },
} as const satisfies Record<string, EventType>;

export type AutomationEvent = keyof typeof EVENT_TYPES;
export const AUTOMATION_EVENTS = Object.keys(EVENT_TYPES) as [AutomationEvent, ...AutomationEvent[]];
export const METRIC_EVENTS = ['run.metric_threshold', 'run.metric_change', 'run.metric_zscore'] as const satisfies AutomationEvent[];

export const eventTypeOf = (on: AutomationEvent): EventType => EVENT_TYPES[on];
export const isMetricEvent = (on: AutomationEvent) => (METRIC_EVENTS as readonly AutomationEvent[]).includes(on);

import { z } from 'zod';
import { Json } from '#lib/domain/json.ts';
import { AliasName, ArtifactTypeName, ProjectName, RegistryCollectionName, RegistryName, TagName } from '#lib/domain/names.ts';
import { RUN_STATES } from '#lib/domain/run-states.ts';
import { BoundedCount, EntityRole, Moment, Person, pageOf, RoleName } from './view.ts';

const JsonRecord = z.record(z.string(), Json);
const Description = z.string().max(16_384, 'A description has at most 16,384 characters.');

export const ProjectView = z.object({
  entity: z.string(),
  name: z.string(),
  description: z.string(),
  role: RoleName.nullable(),
  runs: BoundedCount,
  collections: BoundedCount,
  automations: BoundedCount,
  createdAt: Moment,
  /** The newest thing that happened in it. */
  lastActivityAt: Moment.nullable(),
});
export type ProjectView = z.infer<typeof ProjectView>;
export const ProjectBody = z.strictObject({ entity: z.string().min(1), name: ProjectName, description: Description.default('') });
export const ProjectPatch = z.strictObject({ name: ProjectName.optional(), description: Description.optional() });

export const RegistryView = z.object({
  name: z.string(),
  /** The organization's entity. */
  organization: z.string(),
  description: z.string(),
  visibility: z.enum(['organization', 'restricted']),
  /** null: all types. */
  artifactTypes: z.array(z.string()).nullable(),
  role: RoleName.nullable(),
  collections: BoundedCount,
  automations: BoundedCount,
  createdAt: Moment,
  lastActivityAt: Moment.nullable(),
});
export type RegistryView = z.infer<typeof RegistryView>;
export const RegistryBody = z.strictObject({
  name: RegistryName,
  organization: z.string().optional(),
  visibility: z.enum(['organization', 'restricted'], 'Choose organization or restricted.').default('organization'),
  description: Description.default(''),
  artifactTypes: z.array(ArtifactTypeName).max(64).nullable().default(null),
});
export const RegistryPatch = z.strictObject({
  name: RegistryName.optional(),
  visibility: z.enum(['organization', 'restricted']).optional(),
  description: Description.optional(),
  artifactTypes: z.array(ArtifactTypeName).max(64).nullable().optional(),
});
export const OrganizationQuery = z.object({ organization: z.string().optional() });
export const RegistryMemberView = z.object({ kind: z.enum(['user', 'team']), name: z.string(), role: RoleName });
export const RegistryMemberBody = z.strictObject({
  kind: z.enum(['user', 'team']),
  name: z.string().min(1),
  role: z.enum([...EntityRole.options, 'restricted_viewer']),
});

export const RunStateName = z.enum(RUN_STATES);
export const RunView = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string().nullable(),
  state: RunStateName,
  tags: z.array(z.string()),
  group: z.string().nullable(),
  jobType: z.string().nullable(),
  notes: z.string().nullable(),
  createdAt: Moment,
  updatedAt: Moment,
  finishedAt: Moment.nullable(),
  durationSeconds: z.number(),
  exitCode: z.number().nullable(),
  /** Last value of each metric, as logged. */
  summary: JsonRecord,
});
export type RunView = z.infer<typeof RunView>;
export const RunDetail = RunView.extend({
  config: JsonRecord,
  /** `system`: the machine's own values, by seconds into the run. */
  metrics: z.array(z.object({ name: z.string(), last: z.union([z.number(), z.string()]).nullable(), system: z.boolean() })),
  /** A stop was asked for and the script has not ended yet. */
  stopRequested: z.boolean(),
  /** Where it runs, as the script reports it. */
  origin: z.object({ host: z.string(), program: z.string(), commit: z.string(), repo: z.string() }).partial(),
  counts: z.object({ files: z.number(), consoleLines: z.number(), alerts: z.number() }),
  role: RoleName.nullable(),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const MetricValueView = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
/** Points of some metrics, thinned to at most `points` each with lowest and highest kept, so that charts stay true. */
export const SeriesView = z.object({
  metric: z.string(),
  steps: z.array(z.number()),
  values: z.array(MetricValueView),
  total: z.number(),
});
export type SeriesView = z.infer<typeof SeriesView>;
/** `?metric=a&metric=b&points=1000`. */
export const SeriesQuery = z.object({
  metric: z
    .union([z.string(), z.array(z.string()).min(1)], 'Name a metric: ?metric=loss.')
    .transform((value) => (Array.isArray(value) ? value : [value])),
  points: z.coerce.number().int().min(10).max(5000).default(1000),
});
export const SeriesList = z.object({ series: z.array(SeriesView) });

/** An automation that fired on a run or version, and where to mark it. */
export const FiringMark = z.object({
  executionId: z.string(),
  automationId: z.string(),
  automation: z.string(),
  metric: z.string().nullable(),
  step: z.number().nullable(),
  /** Why, with the values: "Average of the last 5 val/loss was 0.299, below 0.3". */
  text: z.string(),
  /** Where it goes by name; null for nothing. */
  target: z.string().nullable(),
  status: z.enum(['pending', 'running', 'finished', 'failed', 'skipped']),
  at: Moment,
});
/** Limits that enabled automations compare the run's metrics with, to be drawn as lines. */
export const MetricLimit = z.object({ metric: z.string(), value: z.number(), label: z.string() });
export const FiringMarks = z.object({ items: z.array(FiringMark), limits: z.array(MetricLimit) });
export type FiringMarks = z.output<typeof FiringMarks>;

export const CollectionView = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  aliases: z.array(z.string()),
  versions: BoundedCount,
  latest: z.string().nullable(),
  createdAt: Moment,
  lastVersionAt: Moment.nullable(),
});
export type CollectionView = z.infer<typeof CollectionView>;
export const CollectionDetail = CollectionView.extend({ role: RoleName.nullable() });

/** A version where it stands: in a project, or linked into a registry, which `entity`, an organization, has. */
export const VersionPlace = z.object({
  entity: z.string(),
  project: z.string(),
  /** The registry's own name; null in a project. */
  registry: z.string().nullable(),
  type: z.string(),
  collection: z.string(),
  /** `v3`. */
  version: z.string(),
});
export type VersionPlace = z.infer<typeof VersionPlace>;

export const VersionView = z.object({
  /** `v3`. */
  version: z.string(),
  index: z.number(),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  description: z.string(),
  metadata: JsonRecord,
  sizeBytes: z.number(),
  files: z.number(),
  digest: z.string().nullable(),
  createdAt: Moment,
  createdBy: Person.nullable(),
  /** It was linked here from another collection. */
  linked: z.boolean(),
  /** Where a linked one comes from; null too where you do not see that project. */
  source: VersionPlace.nullable(),
  /** The other collections that it is linked to, in registries and projects that you see. */
  linkedTo: z.array(VersionPlace),
});
export type VersionView = z.infer<typeof VersionView>;
/** A run as versions name it. */
export const VersionRun = z.object({
  entity: z.string(),
  project: z.string(),
  id: z.string(),
  name: z.string(),
  state: RunStateName,
  createdAt: Moment,
});
export type VersionRun = z.infer<typeof VersionRun>;
export const VersionDetail = VersionView.extend({
  /** How scripts name it: "acme/vision/detector:v3". */
  qualifiedName: z.string(),
  collection: z.string(),
  type: z.string(),
  /** The run that logged it; null for none, or one that you do not see. */
  run: VersionRun.nullable(),
  /** What you are where it stands. */
  role: RoleName.nullable(),
});
export type VersionDetail = z.infer<typeof VersionDetail>;
export const VersionPatch = z.strictObject({
  addAliases: z.array(AliasName).max(64).optional(),
  removeAliases: z.array(AliasName).max(64).optional(),
  addTags: z.array(TagName).max(64).optional(),
  removeTags: z.array(TagName).max(64).optional(),
  /** These two belong to the version wherever it is linked, so they are changed where it was made. */
  metadata: JsonRecord.optional(),
  description: Description.optional(),
});
export const LinkBody = z.strictObject({
  registry: z.string().min(1),
  organization: z.string().optional(),
  collection: RegistryCollectionName,
  aliases: z.array(AliasName).max(64).default([]),
});

/** A stored event as lists and previews show it. `document` is in the shape of the events endpoint. */
export const EventView = z.object({
  id: z.string(),
  type: z.string(),
  at: Moment,
  receivedAt: Moment,
  author: z.string().nullable(),
  entity: z.string(),
  project: z.string(),
  /** "production on detector:v12". */
  title: z.string(),
  document: Json,
});
export type EventView = z.infer<typeof EventView>;
export const EventPage = pageOf(EventView);

export const EventsAccepted = z.object({ accepted: z.number(), duplicates: z.number(), executions: z.array(z.string()) });

/** What a scope really holds, for completions: `?scope=project:acme/vision&kind=metric&q=los`. */
export const SuggestionQuery = z.object({
  scope: z.string().min(1),
  kind: z.enum([
    'metric',
    'alias',
    'tag',
    'collectionTag',
    'collection',
    'user',
    'runName',
    'runTag',
    'group',
    'jobType',
    'configKey',
    'artifactType',
    'metadataKey',
  ]),
  q: z.string().max(256).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const Suggestions = z.object({ items: z.array(z.object({ value: z.string(), detail: z.string().optional() })) });

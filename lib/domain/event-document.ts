import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { isVersionAlias, LATEST_ALIAS } from './fixed-names.ts';
import { Json } from './json.ts';
import { AliasName, ArtifactTypeName, CollectionName, RunId, TagName } from './names.ts';
import { parseInput } from './parse-input.ts';
import { RUN_STATES } from './run-states.ts';

export const MAX_EVENTS_PER_BATCH = 1000;
const MAX_LINES_PER_EVENT = 10_000;

export const EVENT_DOCUMENT_TYPES = [
  'artifact.created',
  'artifact.linked',
  'artifact.unlinked',
  'artifact.alias_added',
  'artifact.alias_removed',
  'artifact.tag_added',
  'artifact.tag_removed',
  'collection.tag_added',
  'collection.tag_removed',
  'run.metrics',
  'run.state',
] as const;

export const EventTime = z.iso.datetime({ offset: true, error: 'Give a time as ISO 8601 with a zone, such as "2026-11-21T02:00:00Z".' });

const common = {
  id: z
    .string('An id is text.')
    .min(1, 'An id has at least one character; leave it away for none.')
    .max(255, 'An id has at most 255 characters.')
    .optional(),
  at: EventTime.optional(),
  author: z
    .string('Give the author’s user name.')
    .min(1, 'Give the author’s user name.')
    .max(255, 'An author has at most 255 characters.')
    .optional(),
};

const NewAlias = AliasName.refine(
  (alias) => alias !== LATEST_ALIAS && !isVersionAlias(alias),
  'Versions get "latest" and "vN" by themselves. Choose another alias.',
);
export const Metadata = z.record(z.string(), Json, 'Give metadata as an object.');
const Aliases = z.array(NewAlias, 'Give a list of aliases.').max(256, 'At most 256 aliases.');
const Tags = z.array(TagName, 'Give a list of tags.').max(256, 'At most 256 tags.');
/** A registry's or project's name, or owner/name where the caller is in several. */
const PlaceName = z.string('Give a name.').min(1, 'Give a name.').max(193, 'This name is too long.');
const Version = z.int('Give the version’s number, such as 3.').min(0, 'Versions count from 0.');

const NewArtifact = z.strictObject(
  {
    collection: CollectionName,
    type: ArtifactTypeName,
    metadata: Metadata.optional(),
    aliases: Aliases.optional(),
    tags: Tags.optional(),
  },
  'Say which artifact: { collection, type, … }.',
);
/** A version by collection and number; with `registry` a linked one. */
export const ArtifactReference = z.strictObject(
  { registry: PlaceName.optional(), collection: CollectionName, version: Version },
  'Say which version: { collection, version }, in a registry { registry, collection, version }.',
);
const CollectionReference = z.strictObject(
  { registry: PlaceName.optional(), collection: CollectionName },
  'Say which collection: { collection }, in a registry { registry, collection }.',
);
/** Where a link leads: a collection of a registry or of a project. */
export const LinkPlace = z
  .strictObject(
    { registry: PlaceName.optional(), project: PlaceName.optional(), collection: CollectionName },
    'Say where: { registry, collection } or { project, collection }.',
  )
  .refine((place) => (place.registry === undefined) !== (place.project === undefined), 'Give either a registry or a project.');

export const MetricDocumentValue = z.union(
  [z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])],
  'A metric’s value is a number, or one of the texts "NaN", "Infinity" and "-Infinity".',
);
export const MetricLineDocument = z.strictObject(
  {
    step: z.int('Give the step as a whole number.').min(0, 'Steps count from 0.'),
    values: z
      .record(
        z.string().min(1, 'Name the metric.').max(512, 'A metric’s name has at most 512 characters.'),
        MetricDocumentValue,
        'Give values as { "name": number }.',
      )
      .refine((values) => Object.keys(values).length > 0, 'Give at least one value.'),
  },
  'Give each line as { step, values }.',
);

const runFields = {
  id: RunId,
  name: z
    .string('Give the run’s display name.')
    .min(1, 'A run’s name cannot be empty.')
    .max(1024, 'A run’s name has at most 1,024 characters.')
    .optional(),
  user: z.string('Give the user’s name.').min(1, 'Give the user’s name.').max(255, 'A user’s name has at most 255 characters.').optional(),
  tags: Tags.optional(),
  group: z.string('Give the group’s name.').max(256, 'A group has at most 256 characters.').optional(),
  jobType: z.string('Give the job type.').max(256, 'A job type has at most 256 characters.').optional(),
  config: z.record(z.string(), Json, 'Give the config as an object.').optional(),
  summary: z.record(z.string(), Json, 'Give the summary as an object.').optional(),
};
const RunStateName = z.enum(RUN_STATES, `Choose one of ${RUN_STATES.join(', ')}.`);
/** A run event sets what it names and leaves the rest of the run as it is. */
export const RunReference = z.strictObject({ ...runFields, state: RunStateName.optional() }, 'Say which run: { id, … }.');
const RunWithState = z.strictObject({ ...runFields, state: RunStateName }, 'Say which run and its state: { id, state }.');

const tagged = { ...common, artifact: ArtifactReference, tag: TagName };
const collectionTagged = { ...common, artifact: CollectionReference, tag: TagName };

/** An event as other trackers send it. Unknown keys are refused. */
export const EventDocument = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('artifact.created'), ...common, artifact: NewArtifact }),
    z.strictObject({
      type: z.literal('artifact.linked'),
      ...common,
      artifact: ArtifactReference,
      to: LinkPlace,
      aliases: Aliases.optional(),
    }),
    z.strictObject({ type: z.literal('artifact.unlinked'), ...common, artifact: ArtifactReference, from: LinkPlace.optional() }),
    z.strictObject({ type: z.literal('artifact.alias_added'), ...common, artifact: ArtifactReference, alias: NewAlias }),
    z.strictObject({ type: z.literal('artifact.alias_removed'), ...common, artifact: ArtifactReference, alias: NewAlias }),
    z.strictObject({ type: z.literal('artifact.tag_added'), ...tagged }),
    z.strictObject({ type: z.literal('artifact.tag_removed'), ...tagged }),
    z.strictObject({ type: z.literal('collection.tag_added'), ...collectionTagged }),
    z.strictObject({ type: z.literal('collection.tag_removed'), ...collectionTagged }),
    z.strictObject({
      type: z.literal('run.metrics'),
      ...common,
      run: RunReference,
      metrics: z
        .array(MetricLineDocument, 'Give a list of { step, values }.')
        .min(1, 'Give at least one line.')
        .max(MAX_LINES_PER_EVENT, 'At most 10,000 lines in one event.'),
    }),
    z.strictObject({ type: z.literal('run.state'), ...common, run: RunWithState }),
  ],
  `Give the event’s type: one of ${EVENT_DOCUMENT_TYPES.join(', ')}.`,
);
export type EventDocument = z.infer<typeof EventDocument>;

/** What the events endpoint takes, for its description; parseEvents gives the better messages. */
export const EventDocuments = z.union([EventDocument, z.array(EventDocument).min(1).max(MAX_EVENTS_PER_BATCH)]);

/** One event or a batch, whole or not at all; the places of a batch's issues begin with the event's index. */
export function parseEvents(raw: unknown): EventDocument[] {
  if (!Array.isArray(raw)) return [parseInput(EventDocument, raw)];
  if (raw.length === 0) throw new AppError('invalid', 'The batch is empty. Send at least one event.');
  if (raw.length > MAX_EVENTS_PER_BATCH) {
    throw new AppError(
      'invalid',
      `A batch has at most ${MAX_EVENTS_PER_BATCH.toLocaleString('en')} events; this one has ${raw.length.toLocaleString('en')}.`,
    );
  }
  return parseInput(z.array(EventDocument), raw);
}

import { z } from 'zod';
import { EventTime, LinkPlace, Metadata, MetricLineDocument } from './event-document.ts';
import { REGISTRY_PROJECT_PREFIX } from './fixed-names.ts';
import { Json, type JsonValue } from './json.ts';
import { registryNameOf } from './page-paths.ts';
import { RUN_STATES } from './run-states.ts';
import type { SampleOptions } from './sample-event.ts';
import { sampleFor } from './sample-event.ts';
import type { Place } from './scope.ts';
import type { ArtifactFacts, EventOf, RunFacts, TrackedEvent } from './tracked-event.ts';

const Texts = z.array(z.string(), 'Give a list of texts.');
const Facts = z.record(z.string(), Json);

const ArtifactPart = z.strictObject({
  registry: z.string().optional(),
  collection: z.string('Name the collection.').min(1, 'Name the collection.'),
  type: z.string().optional(),
  version: z.int('Give the version’s number, such as 3.').min(0).optional(),
  aliases: Texts.optional(),
  tags: Texts.optional(),
  metadata: Metadata.optional(),
  source: z.strictObject({ entity: z.string(), project: z.string(), collection: z.string(), version: z.int().min(0) }).optional(),
});
const RunPart = z.strictObject({
  id: z.string('Give the run an id.').min(1, 'Give the run an id.'),
  name: z.string().optional(),
  user: z.string().optional(),
  state: z.enum(RUN_STATES, `Choose one of ${RUN_STATES.join(', ')}.`).optional(),
  tags: Texts.optional(),
  group: z.string().optional(),
  jobType: z.string().optional(),
  config: Facts.optional(),
  summary: Facts.optional(),
  durationSeconds: z.number().min(0).optional(),
});
const SummaryPart = z.strictObject({
  from: EventTime,
  to: EventTime,
  total: z.int().min(0),
  states: z.record(z.string(), z.int().min(0)),
  runs: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      user: z.string().nullable(),
      state: z.enum(RUN_STATES),
      url: z.string(),
      durationSeconds: z.number().min(0),
      summary: Facts,
    }),
  ),
  truncated: z.boolean(),
});

const common = { id: z.string().max(255).optional(), at: EventTime.optional(), author: z.string().optional() };
const tag = z.string('Give the tag.').min(1, 'Give the tag.');

/**
 * An event with all that is known of it, as payloads, executions and the wizard's editable sample show it. Everything
 * that the events endpoint takes is one of these too; what only Hookline makes (run.silent, schedule) is here as well.
 */
export const EventFacts = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('artifact.created'), ...common, artifact: ArtifactPart }),
    z.strictObject({
      type: z.literal('artifact.linked'),
      ...common,
      artifact: ArtifactPart,
      to: LinkPlace.optional(),
      aliases: Texts.optional(),
    }),
    z.strictObject({ type: z.literal('artifact.unlinked'), ...common, artifact: ArtifactPart, from: LinkPlace.optional() }),
    z.strictObject({
      type: z.literal('artifact.alias_added'),
      ...common,
      artifact: ArtifactPart,
      alias: z.string('Give the alias.').min(1, 'Give the alias.'),
    }),
    z.strictObject({ type: z.literal('artifact.tag_added'), ...common, artifact: ArtifactPart, tag }),
    z.strictObject({ type: z.literal('artifact.tag_removed'), ...common, artifact: ArtifactPart, tag }),
    z.strictObject({ type: z.literal('collection.tag_added'), ...common, artifact: ArtifactPart, tag }),
    z.strictObject({ type: z.literal('collection.tag_removed'), ...common, artifact: ArtifactPart, tag }),
    z.strictObject({
      type: z.literal('run.metrics'),
      ...common,
      run: RunPart,
      metrics: z.array(MetricLineDocument).min(1, 'Give at least one line.'),
    }),
    z.strictObject({ type: z.literal('run.state'), ...common, run: RunPart }),
    z.strictObject({ type: z.literal('run.silent'), ...common, run: RunPart, silentMinutes: z.int().min(1) }),
    z.strictObject({ type: z.literal('schedule'), ...common, plannedAt: EventTime, summary: SummaryPart }),
  ],
  'Give the event’s type, such as "run.state".',
);
export type EventFacts = z.infer<typeof EventFacts>;

/** The version as events and bodies name it; in a registry by the registry's own name. */
export function artifactPartOf(place: Place, artifact: ArtifactFacts): z.infer<typeof ArtifactPart> {
  const { source } = artifact;
  return {
    ...(place.isRegistry && { registry: registryNameOf(place.project) }),
    collection: artifact.collection,
    type: artifact.type,
    version: artifact.versionIndex,
    aliases: artifact.aliases,
    tags: artifact.tags,
    metadata: artifact.metadata,
    ...(source && {
      source: { entity: source.entity, project: source.project, collection: source.collection, version: source.versionIndex },
    }),
  };
}

/** The collection of a tag event, as documents and conditions know it. */
export function collectionPartOf({
  place,
  collection,
}: EventOf<'collection.tag_added' | 'collection.tag_removed'>): z.infer<typeof ArtifactPart> {
  return {
    ...(place.isRegistry && { registry: registryNameOf(place.project) }),
    collection: collection.name,
    type: collection.type,
    tags: collection.tags,
  };
}

/** The run of an event, as documents and conditions know it. */
export function runPartOf(run: RunFacts): z.infer<typeof RunPart> {
  return {
    id: run.runId,
    name: run.name,
    ...(run.user !== null && { user: run.user }),
    state: run.state,
    tags: run.tags,
    ...(run.group !== null && { group: run.group }),
    ...(run.jobType !== null && { jobType: run.jobType }),
    config: run.config,
    summary: run.summary,
    durationSeconds: run.durationSeconds,
  };
}

/** The event as the API would take it, without its place. */
export function toEventDocument(event: TrackedEvent): EventFacts {
  const common = { at: new Date(event.at).toISOString(), ...(event.author !== null && { author: event.author }) };
  switch (event.type) {
    case 'artifact.created':
    case 'artifact.linked':
    case 'artifact.unlinked':
      return { type: event.type, ...common, artifact: artifactPartOf(event.place, event.artifact) };
    case 'artifact.alias_added':
      return { type: event.type, ...common, artifact: artifactPartOf(event.place, event.artifact), alias: event.alias };
    case 'artifact.tag_added':
    case 'artifact.tag_removed':
      return { type: event.type, ...common, artifact: artifactPartOf(event.place, event.artifact), tag: event.tag };
    case 'collection.tag_added':
    case 'collection.tag_removed':
      return { type: event.type, ...common, artifact: collectionPartOf(event), tag: event.tag };
    case 'run.metrics':
      return { type: event.type, ...common, run: runPartOf(event.run), metrics: event.lines };
    case 'run.state':
      return { type: event.type, ...common, run: runPartOf(event.run) };
    case 'run.silent':
      return { type: event.type, ...common, run: runPartOf(event.run), silentMinutes: event.silentMinutes };
    case 'schedule':
      return { type: event.type, ...common, plannedAt: new Date(event.plannedAt).toISOString(), summary: event.summary };
  }
}

/** An event for previews from an edited document: what it leaves out is empty, ids and place are the sample's. */
export function fromEventDocument(document: EventFacts, options: SampleOptions = {}): TrackedEvent {
  const sample = sampleFor(document.type === 'run.metrics' ? 'run.metric_threshold' : document.type, options).event;
  const at = document.at ? Date.parse(document.at) : sample.at;
  const event = { ...sample, at, author: document.author ?? null };
  if ('artifact' in document) {
    const target = ('to' in document && document.to) || ('from' in document && document.from) || undefined;
    const place = placeNamed(event.place, target ?? document.artifact);
    if (document.type === 'collection.tag_added' || document.type === 'collection.tag_removed') {
      const { collection, type = 'model', tags = [] } = document.artifact;
      return { ...event, place, type: document.type, collection: { id: 0, name: collection, type, tags }, tag: document.tag };
    }
    const artifact = artifactFrom(document, event.place, target?.collection);
    switch (document.type) {
      case 'artifact.alias_added':
        return { ...event, place, type: document.type, artifact, alias: document.alias };
      case 'artifact.tag_added':
      case 'artifact.tag_removed':
        return { ...event, place, type: document.type, artifact, tag: document.tag };
      default:
        return { ...event, place, type: document.type, artifact };
    }
  }
  switch (document.type) {
    case 'run.metrics':
      return { ...event, type: document.type, run: runFrom(document.run, at), firstLine: 0, lines: document.metrics };
    case 'run.state':
      return { ...event, type: document.type, run: runFrom(document.run, at), previousState: null };
    case 'run.silent': {
      const { silentMinutes } = document;
      return { ...event, type: document.type, run: runFrom(document.run, at), silentMinutes, lastValueAt: at - silentMinutes * 60_000 };
    }
    case 'schedule': {
      const summary = document.summary as EventOf<'schedule'>['summary'];
      return { ...event, type: document.type, plannedAt: Date.parse(document.plannedAt), missed: 0, summary };
    }
  }
}

type ArtifactDocument = Extract<EventFacts, { artifact: unknown }>;

function artifactFrom(document: ArtifactDocument, from: Place, linkedAs: string | undefined): ArtifactFacts {
  const part = document.artifact;
  const version = part.version ?? 0;
  const source = linkedAs
    ? { entity: from.entity, project: from.project, collection: part.collection, versionIndex: version }
    : part.source && {
        entity: part.source.entity,
        project: part.source.project,
        collection: part.source.collection,
        versionIndex: part.source.version,
      };
  return {
    id: 0,
    collection: linkedAs ?? part.collection,
    type: part.type ?? 'model',
    versionIndex: linkedAs ? 0 : version,
    aliases: ('aliases' in document ? document.aliases : undefined) ?? part.aliases ?? [],
    tags: part.tags ?? [],
    metadata: (part.metadata ?? {}) as Record<string, JsonValue>,
    ...(source && { source }),
  };
}

function placeNamed(place: Place, { registry, project }: { registry?: string; project?: string }): Place {
  const named = registry ?? project;
  if (named === undefined) return place;
  const [name, owner] = named.split('/').toReversed();
  const entity = owner ?? (registry === undefined ? place.entity : (place.organization ?? place.entity));
  return { ...place, entity, project: registry === undefined ? name! : REGISTRY_PROJECT_PREFIX + name, isRegistry: registry !== undefined };
}

function runFrom(part: z.infer<typeof RunPart>, at: number): RunFacts {
  const durationSeconds = part.durationSeconds ?? 0;
  return {
    id: 0,
    runId: part.id,
    name: part.name ?? part.id,
    user: part.user ?? null,
    state: part.state ?? 'running',
    tags: part.tags ?? [],
    group: part.group ?? null,
    jobType: part.jobType ?? null,
    config: (part.config ?? {}) as Record<string, JsonValue>,
    summary: (part.summary ?? {}) as Record<string, JsonValue>,
    createdAt: at - durationSeconds * 1000,
    durationSeconds,
  };
}

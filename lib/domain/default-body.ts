import { artifactPartOf, collectionPartOf, runPartOf } from './event-facts.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { type VariableContext, valuesFor } from './template-variables.ts';
import type { TrackedEvent } from './tracked-event.ts';

const COMMON = ['event_type', 'event_author', 'entity_name', 'project_name', 'automation_name', 'timestamp'] as const;

/** What a webhook gets when its automation has no payload of its own. */
export function defaultBody(event: TrackedEvent, context: VariableContext): JsonObject {
  const values = valuesFor(event, context, COMMON);
  const common = Object.fromEntries(COMMON.map((name) => [name, values[name] ?? null]));
  return { ...common, ...(partsOf(event, context) as JsonObject) };
}

function partsOf(event: TrackedEvent, context: VariableContext): object {
  switch (event.type) {
    case 'artifact.created':
    case 'artifact.linked':
    case 'artifact.unlinked':
      return { artifact: artifactPartOf(event.place, event.artifact) };
    case 'artifact.alias_added':
      return { artifact: artifactPartOf(event.place, event.artifact), alias: event.alias };
    case 'artifact.tag_added':
    case 'artifact.tag_removed':
      return { artifact: artifactPartOf(event.place, event.artifact), tag: event.tag };
    case 'collection.tag_added':
    case 'collection.tag_removed':
      return { artifact: collectionPartOf(event), tag: event.tag };
    case 'run.metrics':
      return { run: runPartOf(event.run), metric: metricPart(event, context) };
    case 'run.state':
      return { run: runPartOf(event.run) };
    case 'run.silent':
      return { run: runPartOf(event.run), silentMinutes: event.silentMinutes };
    case 'schedule':
      return { summary: event.summary };
  }
}

function metricPart(event: TrackedEvent, context: VariableContext): JsonObject {
  const names = {
    name: 'metric_name',
    value: 'metric_value',
    values: 'metric_values',
    filter: 'metric_filter',
    threshold: 'threshold',
  } as const;
  const values = valuesFor(event, context, Object.values(names));
  return Object.fromEntries(Object.entries(names).map(([key, name]): [string, JsonValue] => [key, values[name] ?? null]));
}
